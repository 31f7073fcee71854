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

/** Milliseconds from the write of MAIL to the EXISTS, one message in flight. */
export async function submitToIdle(
  peer: PeerReady,
  sender: Credentials,
  receiver: Credentials,
  mail: Mail,
): Promise<Latency> {
  await using smtp = await ourSubmission(peer, sender)
  await using imap = await ourImap(peer, receiver)
  const idle = await imap.idle()
  const samples: number[] = []
  for (let i = 0; i < 330; i++) {
    const arrival = imap.waitFor(({ type }) => type === 'EXISTS', 5_000)
    const outcome = await smtp.send(mail)
    const exists = await arrival
    if (!outcome.accepted || exists === undefined) throw new Error('a message did not arrive', { cause: outcome })
    // The first ones warm up both processes.
    if (i >= 30) samples.push(exists.at - outcome.times.started)
  }
  await idle.done()
  return { count: samples.length, p50: percentile(samples, 0.5), p95: percentile(samples, 0.95) }
}

/** Messages a second, submission to EXISTS, from several senders at once, each sending as soon as the last was taken. */
export async function throughput(
  peer: PeerReady,
  mails: readonly { sender: Credentials; mail: Mail }[],
  receiver: Credentials,
) {
  const each = 300
  await using imap = await ourImap(peer, receiver)
  const idle = await imap.idle()
  const wanted = imap.exists + mails.length * each
  const began = performance.now()
  const senders = mails.map(async ({ sender, mail }) => {
    await using smtp = await ourSubmission(peer, sender)
    for (let i = 0; i < each; i++) {
      const outcome = await smtp.send(mail, { pipelining: true })
      if (!outcome.accepted) throw new Error('a message was refused', { cause: outcome })
    }
  })
  const arrived = imap.waitFor(({ type, number }) => type === 'EXISTS' && (number ?? 0) >= wanted, 60_000)
  await Promise.all(senders)
  if ((await arrived) === undefined) throw new Error('not everything arrived within a minute')
  const seconds = (performance.now() - began) / 1000
  await idle.done()
  return { senders: mails.length, count: mails.length * each, perSecond: (mails.length * each) / seconds }
}
