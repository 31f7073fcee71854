// How the delivery checks set their scene: sessions that idle, messages that are sent and looked for, time that passes.
import { accepted, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { Submission } from '../../harness/check/submission.ts'
import type { CheckContext, Delivered } from '../../harness/check/types.ts'
import type { SmtpOutcome } from '../../harness/clients/smtp.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { splitMessage } from '../../harness/mail/parse.ts'
import { startWatching, type Watcher } from '../../harness/timeline/time-message.ts'

export { noticedAt } from '../../harness/timeline/time-message.ts'

export async function watch(t: CheckContext, account: Account): Promise<Watcher> {
  return startWatching(await t.imap(account))
}

/** Sends by a session of its own and demands that the message is taken: the scene for whatever happens to it later. */
export async function deliver(t: CheckContext, from: Account, mail: Mail): Promise<Submission> {
  const smtp = await t.submission(from)
  t.control('the message is accepted', await smtp.send(mail), accepted)
  return smtp
}

/** The first message in an account's INBOX that fits; undefined while there is none. */
export function finds(
  t: CheckContext,
  account: Account,
  fits: (mail: Delivered) => boolean,
): () => Promise<Delivered | undefined> {
  return async () => (await t.inbox(account).all()).find(fits)
}

/** Known by its armour, so that a server that changes headers is still found out. */
export function carries(mail: Mail): (delivered: Delivered) => boolean {
  const wanted = squeeze(mail.payload ?? splitMessage(mail.bytes).body).slice(0, 4_000)
  return ({ bytes }) => squeeze(bytes.subarray(0, 40_000)).includes(wanted)
}

function squeeze(octets: Uint8Array): string {
  return Buffer.from(octets.subarray(0, 40_000)).toString('latin1').replace(/\s+/g, '')
}

export const isThere: Matcher<Delivered | undefined> = satisfies(
  'the message, in INBOX',
  (mail) => mail !== undefined,
  (mail) => (mail === undefined ? 'no such message' : `message with UID ${mail.uid}`),
)

/** Lets time pass: by the host's own clock where we have power over it, else by waiting. */
export async function letPass(t: CheckContext, ms: number): Promise<void> {
  const { clock } = t.host.powers
  if (clock) await clock.advance(ms)
  else await t.pause(ms)
}

/** A message so large that our own line may be what is too slow: then nothing can be said of the server. */
export function blameNobodyForSlowLine(t: CheckContext, outcome: SmtpOutcome): void {
  const { error } = outcome
  if (error?.code === 'timeout') t.inconclusive(`no reply in time at ${outcome.stage}: the line may be slow`)
}
