// What a trace is going to ask of a host, in words: said before anything is sent.
import type { Host } from '../../harness/host/host.ts'
import type { TracedMessage } from '../../harness/result/trace.ts'
import { kindOf, politeInterval, restMs } from '../../harness/timeline/trace-messages.ts'
import { count } from '../../reports/words.ts'
import type { TraceOptions } from './trace-options.ts'

/** `chat.example: 20 messages, one at a time, 1.1 s apart or more, 2 after 31 s of idling; about 82 s. At most 2 accounts, 11 connections.` */
export function announceTrace(from: Host, to: Host, { count: messages, interval, rests }: TraceOptions): string {
  const kinds = Array.from({ length: messages }, (_, at) => kindOf(at + 1, rests))
  const of = (kind: TracedMessage['kind']) => kinds.filter((item) => item === kind).length
  const apart = politeInterval(from, interval)
  // A clock that we can move need not be waited for.
  const waits = to.powers.clock ? 0 : of('rested') * restMs
  const seconds = Math.ceil((waits + (messages - 1) * apart) / 1_000)
  const rested = of('rested') === 0 ? '' : `, ${of('rested')} after 31 s of idling`
  const ends = from === to ? from.label : `${from.label} to ${to.label}`
  // Two sessions each time, one to delete by at each end, three each to measure the network.
  const connections = 2 * of('cold') + 2 + 6
  return (
    `${ends}: ${count(messages, 'message')}, one at a time, ${(apart / 1_000).toFixed(1)} s apart or more${rested}; about ${seconds} s. ` +
    `At most ${count(2, 'account')}, of before where there are any, and ${count(connections, 'connection')}.`
  )
}
