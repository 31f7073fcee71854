// Sends one message and times it up to the reader's device: every stage on one clock. Used by the trace and by the
// delivery checks.
import { attempt } from '../check/matchers.ts'
import type { ImapClient, ImapIdle } from '../clients/imap.ts'
import type { SmtpOutcome } from '../clients/smtp.ts'
import type { SmtpTimes } from '../clients/smtp-send.ts'
import type { Stage } from '../clients/stage.ts'
import { WireError } from '../host/wire-error.ts'
import type { StageName } from '../result/trace.ts'

/** A session with INBOX selected that idles. */
export interface Watcher {
  readonly client: ImapClient
  /** Messages in INBOX before. */
  readonly exists: number
  /** The lowest UID that the next message can have. */
  readonly uidNext: number
  readonly idle: ImapIdle
}

export interface TimedMessage {
  readonly outcome: SmtpOutcome
  /** Up to the stage that the message came to; `fetch` when it arrived in time. */
  readonly stages: readonly Stage<StageName>[]
  /** The watcher, idling again. */
  readonly watcher: Watcher
}

export async function startWatching(client: ImapClient): Promise<Watcher> {
  const selected = await client.select('INBOX')
  return { client, exists: selected.exists, uidNext: selected.uidNext ?? 1, idle: await client.idle() }
}

/** Monotonic milliseconds of the first EXISTS above `exists`, queued or to come; undefined when none comes in `ms`. */
export async function noticedAt(client: ImapClient, exists: number, ms: number): Promise<number | undefined> {
  const notice = client.waitFor(({ type, number = 0 }) => type === 'EXISTS' && number > exists, Math.max(1, ms))
  const got = await attempt(notice)
  return got === undefined || got instanceof WireError ? undefined : got.at
}

/** `patience`: milliseconds from its MAIL after which the message is late, however much later it comes. */
export async function timeMessage(
  send: () => Promise<SmtpOutcome>,
  before: Watcher,
  messageId: string,
  patience: number,
): Promise<TimedMessage> {
  const outcome = await send()
  const stages = transactionStages(outcome.times)
  if (!outcome.accepted) return { outcome, stages, watcher: before }
  const { started, ended: taken } = outcome.times
  let watcher = before
  for (;;) {
    const { client, exists, uidNext, idle } = watcher
    const noticed = await noticedAt(client, exists, started + patience - performance.now())
    if (noticed === undefined) return { outcome, stages, watcher }
    await idle.done()
    const { messages } = await client.uidFetch(`${uidNext}:*`, '(UID FLAGS BODY.PEEK[])')
    const fetched = performance.now()
    const found = messages.some(({ sections }) => contains(sections.get(''), messageId))
    watcher = {
      client,
      exists: client.exists,
      uidNext: Math.max(uidNext, ...messages.map(({ uid = 0 }) => uid + 1)),
      idle: await client.idle(),
    }
    if (!found) continue
    // A server may tell the reader before it has told the sender.
    const told = Math.max(noticed, taken)
    const arrival = [
      { name: 'notify', started: taken, ended: told },
      { name: 'fetch', started: told, ended: fetched },
    ] as const
    return { outcome, stages: [...stages, ...arrival], watcher }
  }
}

function transactionStages({ started, mail, rcpt, data, body }: SmtpTimes): Stage<StageName>[] {
  const stages: Stage<StageName>[] = []
  let before = started
  for (const [name, ended] of [
    ['mail', mail],
    ['rcpt', rcpt],
    ['data', data],
    ['body', body],
  ] as const) {
    if (ended === undefined) break
    stages.push({ name, started: before, ended })
    before = ended
  }
  return stages
}

function contains(bytes: Uint8Array | null | undefined, messageId: string): boolean {
  return bytes !== null && bytes !== undefined && Buffer.from(bytes).includes(messageId)
}
