// A submission session of the replay: says what the recorded relay said, and stops where it was never asked.
import type { Connection, ReplayCertificate } from './connection.ts'
import {
  type RecordedMessageName,
  recordedMessages,
  type SmtpState,
  smtpGreeting,
  smtpReplies,
  smtpTable,
} from './smtp-table.ts'
import type { ReplayStore } from './store.ts'
import { type Exchange, NotRecorded, type RecordedMessage } from './types.ts'

export interface SmtpReplay {
  readonly connection: Connection
  readonly store: ReplayStore
  readonly certificate: ReplayCertificate
  readonly security: 'tls' | 'starttls'
  /** The messages that will be sent, in order: each takes the next name. */
  nextMessage(): RecordedMessageName | undefined
  /** Senders have used up their allowance. */
  readonly throttled: boolean
}

export async function replaySmtp(replay: SmtpReplay): Promise<void> {
  const { connection, store } = replay
  const { domain } = store
  let state: SmtpState = replay.security === 'tls' ? 'open' : 'clear'
  let user = ''
  let helo = ''
  let sender = ''
  let recipients: string[] = []
  const say = (line: string, more: Readonly<Record<string, string>> = {}) => {
    const words: Readonly<Record<string, string>> = { domain, user, helo, sender, ...more }
    connection.write(`${line.replace(/\{([\w-]+)\}/g, (whole, word) => words[word] ?? whole)}\r\n`)
  }
  const judgeRecipient = (): string => {
    if (user === '') return smtpReplies.stranger
    if (!helo.includes('.')) return smtpReplies.halfName
    if (sender === '') return smtpReplies.nullSender
    if (sender.toLowerCase() !== user) return smtpReplies.notOwned
    return replay.throttled ? smtpReplies.tooMuch : smtpReplies.recipient
  }

  say(smtpGreeting)
  while (state !== 'ended') {
    if (state === 'data') {
      const text = await connection.until('\r\n.\r\n')
      if (text === undefined) return
      const message = `${text.replace(/^\.\./gm, '.')}\r\n`
      const { reply } = recordedMessage(replay.nextMessage(), message)
      const from = /^from:[^\r\n]*?<?([^\s<>]+@[^\s<>]+)>?\r$/im.exec(message)?.[1] ?? ''
      say(reply, { from })
      if (reply.startsWith('250')) store.deliver(message, sender, recipients)
      state = 'in'
      continue
    }
    const line = await connection.until('\r\n')
    if (line === undefined) return
    const now: SmtpState = state
    const exchange: Exchange<SmtpState> | undefined = smtpTable.find(
      (one) => one.in.includes(now) && one.client.test(line),
    )
    if (exchange === undefined) throw new NotRecorded(`submission, ${state}: ${line}`)
    const [, first = ''] = exchange.client.exec(line) ?? []
    for (const words of exchange.server) say(words, { 1: first })
    state = exchange.becomes ?? state
    switch (exchange.does) {
      case 'helo':
        helo = first
        break
      case 'tls':
        await connection.secure(replay.certificate)
        break
      case 'login': {
        const [, name = '', password = ''] = Buffer.from(first, 'base64').toString('latin1').split('\0')
        user = store.login(name, password) ?? ''
        say(user === '' ? smtpReplies.refused : smtpReplies.in)
        if (user === '') state = 'open'
        break
      }
      case 'mail':
        sender = first
        recipients = []
        break
      case 'rcpt': {
        const reply = judgeRecipient()
        say(reply)
        if (reply === smtpReplies.recipient) recipients.push(first)
        state = recipients.length > 0 ? 'rcpt' : 'mail'
        break
      }
      case 'reset':
        recipients = []
        state = user === '' ? 'open' : 'in'
        break
    }
  }
  connection.end()
}

function recordedMessage(name: RecordedMessageName | undefined, message: string): RecordedMessage {
  if (name === undefined) throw new NotRecorded('a message more than the scene has')
  const recorded: RecordedMessage = recordedMessages[name]
  const alike =
    recorded.looks.every((pattern) => pattern.test(message)) &&
    !recorded.looksNot?.some((pattern) => pattern.test(message.slice(0, message.indexOf('\r\n\r\n') + 2)))
  if (!alike) throw new NotRecorded(`a message that is not like the recorded one, "${name}"`)
  return recorded
}
