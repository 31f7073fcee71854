// Finds what a mail server's log says of our own messages, and of nobody else's. Pure; fed by the trace with the lines of a
// command that the operator named. What is not about a message of ours is neither kept nor given back.
import type { LogEntry } from '../result/trace.ts'

/** Syslog (RFC 3164), journalctl -o short-precise, ISO 8601. Only time stamps with parts of a second say anything here. */
const stamp =
  /^(?:<\d{1,3}>)?(?:(?:\d{4}-\d\d-\d\d[T ]|[A-Z][a-z]{2} +\d{1,2} )(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:Z|[+-]\d\d:?\d\d)?\s)/
/** `postfix/lmtp[123]: 4cVb2N1yZ: text`; the name of an instance, `postfix-out`, and of a service, `submission/smtpd`, may differ. */
const postfixLine = /(?:^|\s)([\w.-]+(?:\/[\w.-]+)+)(?:\[\d+\])?: ([0-9A-Za-z]{5,20}): (.*)$/
/** `dovecot: lmtp(bob@chat.example)<123><abc>: msgid=<...>: saved mail to INBOX`, with or without syslog's own words before. */
const dovecotLine =
  /(?:^|[\s:])(lmtp|lda|deliver)\([^)]*\)[^ ]*:? (?:Info: )?(?:sieve: )?msgid=\s?(<[^<>\s]+>)[:,] ?(.*)$/
const delaysOf = /\bdelays=([\d.]+)\/([\d.]+)\/([\d.]+)\/([\d.]+)/

/** Longer than anything a mail server writes in one line. */
const longestLine = 8_192

interface Known {
  readonly entries: LogEntry[]
  /** Milliseconds on the server's clock of its first line about the message. */
  first?: number
}

export class MailLog {
  readonly #messages = new Map<string, Known>()
  /** Queue ids of our messages. A message that is handed on inside the server gets another one. */
  readonly #queued = new Map<string, string>()

  /** From now on this message is ours. The id has its angle brackets. */
  expect(messageId: string): void {
    this.#messages.set(messageId, { entries: [] })
  }

  /** What was said of it so far, in order. */
  entries(messageId: string): readonly LogEntry[] {
    return this.#messages.get(messageId)?.entries ?? []
  }

  /** Takes one line; true when it told something of a message of ours. */
  read(line: string): boolean {
    if (line.length > longestLine) return false
    const at = serverTime(line)
    const postfix = postfixLine.exec(line)
    if (postfix) return this.#postfix(postfix[1] ?? '', postfix[2] ?? '', postfix[3] ?? '', at)
    const dovecot = dovecotLine.exec(line)
    if (!dovecot) return false
    const [, program = '', messageId = '', text = ''] = dovecot
    return this.#add(messageId, { source: 'dovecot', program: `dovecot ${program}`, text }, at)
  }

  #postfix(program: string, queueId: string, text: string, at: number | undefined): boolean {
    const named = /^(?:resent-)?message-id=(<[^<>\s]+>)/.exec(text)?.[1]
    if (named !== undefined) {
      const message = this.#messages.get(named)
      if (message === undefined) return false
      this.#queued.set(queueId, named)
      if (at !== undefined) message.first ??= at
      return false
    }
    const messageId = this.#queued.get(queueId)
    if (messageId === undefined) return false
    // Queue ids are used again.
    if (text === 'removed') this.#queued.delete(queueId)
    const delays = delaysOf.exec(text)?.slice(1).map(milliseconds)
    if (delays === undefined) return false
    const relay = /\brelay=([^,\s]+)/.exec(text)?.[1] ?? 'nowhere'
    const status = /\bstatus=(\w+)/.exec(text)?.[1] ?? 'unknown'
    const [a = 0, b = 0, c = 0, d = 0] = delays
    return this.#add(
      messageId,
      { source: 'postfix', program, text: `${status} to ${relay} (${queueId})`, delays: [a, b, c, d] },
      at,
    )
  }

  #add(messageId: string, entry: LogEntry, at: number | undefined): boolean {
    const message = this.#messages.get(messageId)
    if (message === undefined) return false
    if (at !== undefined) message.first ??= at
    const after = at === undefined || message.first === undefined ? undefined : sinceThen(message.first, at)
    message.entries.push(after === undefined ? entry : { ...entry, after })
    return true
  }
}

function milliseconds(seconds: string): number {
  return Math.round(Number(seconds) * 1_000_000) / 1_000
}

/** Milliseconds within the day, where the time stamp knows parts of a second. */
function serverTime(line: string): number | undefined {
  const [, hours, minutes, seconds, fraction] = stamp.exec(line) ?? []
  if (fraction === undefined) return undefined
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(`0.${fraction}`) * 1_000
}

/** Over midnight, too. */
function sinceThen(first: number, at: number): number {
  const day = 86_400_000
  const passed = (at - first + day) % day
  // Two daemons write in whichever order: a little before is at once.
  return passed > day / 2 ? 0 : Math.round(passed * 1_000) / 1_000
}
