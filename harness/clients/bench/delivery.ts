// How fast the reference server hands a message from a submission to an IDLE session. Used by the bench.
import type { Mail } from '../../mail/mail.ts'
import { percentile } from './measure.ts'
import type { PeerReady } from './peer.ts'
import { type Credentials, ourImap, ourSubmission } from './sessions.ts'

export interface Latency {
  readonly count: number
  readonly p50: number
  readonly p95: number
}

/** The first ones warm up both processes. */
const warmUp = 30

/** Milliseconds from the write of MAIL to the EXISTS, one message in flight. */
export async function submitToIdle(
  peer: PeerReady,
  { sender, receiver, mail }: { readonly sender: Credentials; readonly receiver: Credentials; readonly mail: Mail },
  count: number,
): Promise<Latency> {
  await using smtp = await ourSubmission(peer, sender)
  await using imap = await ourImap(peer, receiver)
  const idle = await imap.idle()
  const samples: number[] = []
  for (let i = 0; i < warmUp + count; i++) {
    const arrival = imap.waitFor(({ type }) => type === 'EXISTS', 5_000)
    const outcome = await smtp.send(mail)
    const exists = await arrival
    if (!outcome.accepted || exists === undefined) throw new Error('a message did not arrive', { cause: outcome })
    if (i >= warmUp) samples.push(exists.at - outcome.times.started)
  }
  await idle.done()
  return { count: samples.length, p50: percentile(samples, 0.5), p95: percentile(samples, 0.95) }
}
