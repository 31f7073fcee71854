// How many megabytes a second the server takes in: large encrypted messages, a few at a time, for a few seconds. A probe of a
// capacity run.
import { makeAttachments } from '../../load/run/pool.ts'
import { leaveClean, mint, openMailbox, openSender } from '../sessions.ts'
import { type ProbeContext, type Probed, reasonOf } from './types.ts'

const lanes = 4
/** Octets of attachment; encrypted and armoured it is nearly twice as much. */
const attachment = 500_000
/** Messages of one account: relays allow ten at once. */
const perLane = 6

export async function probeThroughput(context: ProbeContext, seconds: number): Promise<Probed> {
  const { large } = await makeAttachments(context.host.domain, { large: attachment })
  const [body] = large ?? []
  if (body === undefined) throw new Error('a large message was made')
  const pairs = Math.min(lanes, Math.floor(context.accounts.length / 2))
  const began = performance.now()
  let until = began + seconds * 1_000
  let octets = 0
  let took = 0
  let ended: string | undefined
  // From the end: the first ones have written a lot.
  const rested = [...context.accounts].reverse()
  const lane = async (n: number) => {
    const [writer, reader] = rested.slice(2 * n, 2 * n + 2)
    if (writer === undefined || reader === undefined) return
    const mailbox = await openMailbox(context, reader)
    try {
      await using smtp = await openSender(context, writer)
      for (let sent = 0; sent < perLane && performance.now() < until; sent++) {
        const bytes = mint(context, writer.address, body)
        const { accepted, reply } = await smtp.send({ envelope: { from: writer.address, to: [reader.address] }, bytes })
        if (!accepted) {
          ended ??= reasonOf(`${reply?.code ?? 'no reply'} ${reply?.text ?? ''}`)
          until = 0
          return
        }
        octets += bytes.length
        took = Math.max(took, performance.now() - began)
      }
    } finally {
      await leaveClean(mailbox, context)
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: pairs }, (_, n) => lane(n)))
  context.signal.throwIfAborted()
  const failed = ends.find((end) => end.status === 'rejected')
  if (octets === 0)
    return { name: 'throughput', missing: ended ?? (failed ? reasonOf(failed.reason) : 'nothing was taken') }
  const what = `messages of ${(attachment / 1e6).toFixed(1)} MB before encryption, ${pairs} at a time, taken by the server`
  const note = ended === undefined ? what : `${what}; then it said: ${ended}`
  return { name: 'throughput', value: octets / 1e6 / (took / 1_000), unit: 'MB/s', note }
}
