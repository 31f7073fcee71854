// One mail transaction (RFC 5321 3.3) as a value: whatever the peer does, the outcome says so. Used by the SMTP client.
import { WireError } from '../host/wire-error.ts'
import type { SmtpReply } from '../wire/smtp-reply.ts'

export type SmtpStage = 'connect' | 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body'

export interface SmtpEnvelope {
  /** Empty for the null sender. */
  readonly from: string
  readonly to: readonly string[]
  /** `BODY=8BITMIME`, `SIZE=1000` */
  readonly mailParameters?: readonly string[]
  readonly rcptParameters?: readonly string[]
}

/** On the clock of performance.now(); a stage is set when its reply was there (the last one for `rcpt`). */
export interface SmtpTimes {
  readonly started: number
  readonly mail?: number
  readonly rcpt?: number
  readonly data?: number
  readonly body?: number
  readonly ended: number
}

export interface SmtpOutcome {
  readonly accepted: boolean
  /** Where it was decided: `body` for an accepted message. */
  readonly stage: SmtpStage
  /** The deciding reply. */
  readonly reply?: SmtpReply
  /** Set when the connection ended instead. */
  readonly error?: WireError
  readonly recipients: readonly { readonly address: string; readonly reply: SmtpReply }[]
  readonly times: SmtpTimes
}

/** What a transaction needs of a session. */
export interface SmtpSession {
  exchange(line: string, stage: SmtpStage): Promise<SmtpReply>
  pipelined(lines: readonly string[]): void
  reply(stage: SmtpStage): Promise<SmtpReply>
  /** Sends the message, stuffed and ended, and gives the reply to it. */
  body(message: Uint8Array): Promise<SmtpReply>
  /** Sends the message as one chunk, in place of DATA (RFC 3030). */
  chunk(message: Uint8Array): Promise<SmtpReply>
}

/** alternate: command, reply, command, reply; pipelining: one write up to DATA; chunking: BDAT in place of DATA. */
export type SmtpManner = 'alternate' | 'pipelining' | 'chunking'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

interface Draft extends Writable<SmtpOutcome> {
  recipients: { address: string; reply: SmtpReply }[]
  times: Writable<SmtpTimes>
}

export async function submit(
  session: SmtpSession,
  envelope: SmtpEnvelope,
  message: Uint8Array,
  manner: SmtpManner,
): Promise<SmtpOutcome> {
  const draft: Draft = {
    accepted: false,
    stage: 'MAIL',
    recipients: [],
    times: { started: performance.now(), ended: 0 },
  }
  try {
    if (manner === 'pipelining') await pipeline(session, envelope, message, draft)
    else await alternate(session, envelope, message, draft, manner)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    draft.error = error
  }
  if (draft.times.ended === 0) draft.times.ended = performance.now()
  return draft
}

function mailLine({ from, mailParameters }: SmtpEnvelope): string {
  return `MAIL FROM:<${from}>${parameters(mailParameters)}`
}

function rcptLine(address: string, { rcptParameters }: SmtpEnvelope): string {
  return `RCPT TO:<${address}>${parameters(rcptParameters)}`
}

function parameters(list: readonly string[] | undefined): string {
  return list === undefined || list.length === 0 ? '' : ` ${list.join(' ')}`
}

/** Command, reply, command, reply: as Delta Chat core does (one RCPT after the other). */
async function alternate(
  session: SmtpSession,
  envelope: SmtpEnvelope,
  message: Uint8Array,
  draft: Draft,
  manner: SmtpManner,
) {
  draft.reply = await session.exchange(mailLine(envelope), 'MAIL')
  draft.times.mail = performance.now()
  if (!isPositive(draft.reply)) return
  draft.stage = 'RCPT'
  for (const address of envelope.to)
    noteRecipient(draft, address, await session.exchange(rcptLine(address, envelope), 'RCPT'))
  draft.times.rcpt = performance.now()
  if (nobodyAccepted(draft)) return leave(session, draft)
  if (manner === 'chunking') return transmit(() => session.chunk(message), draft)
  draft.stage = 'DATA'
  draft.reply = await session.exchange('DATA', 'DATA')
  draft.times.data = performance.now()
  if (draft.reply.code !== 354) return leave(session, draft)
  await transmit(() => session.body(message), draft)
}

/** One write up to DATA (RFC 2920). */
async function pipeline(session: SmtpSession, envelope: SmtpEnvelope, message: Uint8Array, draft: Draft) {
  session.pipelined([mailLine(envelope), ...envelope.to.map((address) => rcptLine(address, envelope)), 'DATA'])
  const mail = await session.reply('MAIL')
  draft.reply = mail
  draft.times.mail = performance.now()
  if (isPositive(mail)) draft.stage = 'RCPT'
  for (const address of envelope.to) {
    const reply = await session.reply('RCPT')
    if (isPositive(mail)) noteRecipient(draft, address, reply)
  }
  draft.times.rcpt = performance.now()
  const data = await session.reply('DATA')
  draft.times.data = performance.now()
  if (!isPositive(mail) || nobodyAccepted(draft)) {
    // A server that says 354 all the same waits for a message: give it none (RFC 2920 3.1).
    if (data.code === 354) await session.body(new Uint8Array(0))
    else if (isPositive(mail)) await leave(session, draft)
    return
  }
  draft.stage = 'DATA'
  draft.reply = data
  if (data.code !== 354) return leave(session, draft)
  await transmit(() => session.body(message), draft)
}

async function transmit(give: () => Promise<SmtpReply>, draft: Draft): Promise<void> {
  draft.stage = 'body'
  // From here on no earlier reply decides: a hang-up now is the outcome.
  delete draft.reply
  draft.reply = await give()
  draft.times.body = performance.now()
  draft.times.ended = draft.times.body
  draft.accepted = isPositive(draft.reply)
}

/** RSET, so that the session can be used again. Its failure is not this message's outcome. */
async function leave(session: SmtpSession, draft: Draft): Promise<void> {
  draft.times.ended = performance.now()
  try {
    await session.exchange('RSET', draft.stage)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
  }
}

function noteRecipient(draft: Draft, address: string, reply: SmtpReply): void {
  draft.recipients.push({ address, reply })
  draft.reply = reply
}

/** The first refusal decides when all were refused: the later ones may only follow from it. */
function nobodyAccepted(draft: Draft): boolean {
  if (draft.recipients.some(({ reply }) => isPositive(reply))) return false
  const first = draft.recipients[0]
  if (first !== undefined) draft.reply = first.reply
  return true
}

function isPositive(reply: SmtpReply): boolean {
  return reply.code >= 200 && reply.code < 300
}
