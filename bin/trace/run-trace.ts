// One trace between two open hosts: leases the accounts, measures the network, sends the messages, follows the logs, and makes
// the record. Used by the trace command.
import { setTimeout as delay } from 'node:timers/promises'
import type { Line } from '../../harness/check/host-run.ts'
import { BudgetSpent, ControlUnmet, Throttled } from '../../harness/check/signals.ts'
import { Transcript } from '../../harness/clients/transcript.ts'
import { roundTripTo } from '../../harness/discovery/round-trip.ts'
import type { Host } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import type { Trace, TracedMessage } from '../../harness/result/trace.ts'
import { MailLog } from '../../harness/timeline/mail-log.ts'
import { openEnds } from '../../harness/timeline/open-ends.ts'
import { traceMessages } from '../../harness/timeline/trace-messages.ts'
import { traceRecord } from '../../harness/timeline/trace-record.ts'
import type { Io } from '../io.ts'
import { toolVersion } from '../version.ts'
import { followLogs } from './follow-logs.ts'
import type { TraceEnd, TraceOptions } from './trace-options.ts'
import { watchTrace } from './watch-trace.ts'

/** How long the log of the server may lag behind the last message. Milliseconds. */
const logLag = 1_500

export interface TraceAround {
  readonly io: Io
  readonly interrupt: AbortSignal
  readonly reference: boolean
  /** What says that the trace is being stopped, from now on. */
  readonly atStop: (tell: (text: string) => void) => void
}

export async function runTrace(
  ends: readonly [TraceEnd, TraceEnd],
  from: Host,
  to: Host,
  options: TraceOptions,
  { io, interrupt, reference, atStop }: TraceAround,
): Promise<Trace> {
  const started = new Date()
  // The sessions outlive ^C: what was sent is deleted.
  const line: Line = { signal: new AbortController().signal, transcript: new Transcript({ maxLines: 4 }) }
  await using accounts = await openEnds({ host: from, user: ends[0].user }, { host: to, user: ends[1].user }, line)
  const trips = [await roundTripOf(from, 'submission'), await roundTripOf(to, 'imap')] as const
  const messages: TracedMessage[] = []
  const log = options.serverLog.length === 0 ? undefined : new MailLog()
  const notes = [...new Set([...from.notes, ...to.notes])]
  const record = (complete: boolean): Trace =>
    traceRecord({
      version: toolVersion(),
      started,
      complete,
      reference,
      from: { label: from.label, address: accounts.sender.address, ...trips[0] },
      to: { label: to.label, address: accounts.reader.address, ...trips[1] },
      messages,
      log,
      notes,
    })
  const watch = watchTrace(options, io)
  atStop((text) => watch.say(text, record(true)))
  await using logs = followLogs(options.serverLog, io.cwd, {
    onLine: (text) => {
      if (log?.read(text)) watch.show(record(true))
    },
    onTrouble: (text) => {
      notes.push(text)
      watch.say(`--server-log: ${text}`, record(true))
    },
  })
  try {
    await traceMessages({
      ...accounts,
      count: options.count,
      interval: options.interval,
      rests: options.rests,
      seed: options.seed ?? Math.floor(Math.random() * 0x7fffffff),
      version: toolVersion(),
      interrupt,
      line,
      began: performance.now(),
      onMinted: (messageId) => log?.expect(messageId),
      onMessage: (message) => {
        messages.push(message)
        watch.show(record(true))
      },
      onWait: (why) => watch.show(record(true), why),
    })
    if (logs.open) await delay(logLag, undefined, { signal: interrupt }).catch(() => undefined)
  } catch (error) {
    // What there is gets reported.
    if (!isTrouble(error) || messages.length === 0) throw error
    notes.push(error.message)
  } finally {
    watch.clear()
  }
  return record(messages.length === options.count)
}

/** Measured apart from the messages, and before them. */
async function roundTripOf(host: Host, service: 'submission' | 'imap'): Promise<{ roundTrip?: number }> {
  const ms = await roundTripTo(host, service)
  return ms === undefined ? {} : { roundTrip: Math.round(ms * 100) / 100 }
}

/** What is the host's doing or the network's, and no error of ours. */
export function isTrouble(error: unknown): error is Error {
  return [ControlUnmet, Throttled, BudgetSpent, WireError].some((kind) => error instanceof kind)
}
