// The trace command from flags to exit code: opens the hosts, sends the messages, shows them as they come, and reports.
import { setTimeout as delay } from 'node:timers/promises'
import type { Line } from '../../harness/check/host-run.ts'
import { BudgetSpent, ControlUnmet, Throttled } from '../../harness/check/signals.ts'
import { Transcript } from '../../harness/clients/transcript.ts'
import { measureRoundTrip } from '../../harness/discovery/round-trip.ts'
import type { Host } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import type { Trace, TracedMessage } from '../../harness/result/trace.ts'
import { MailLog } from '../../harness/timeline/mail-log.ts'
import { openEnds } from '../../harness/timeline/open-ends.ts'
import { traceMessages } from '../../harness/timeline/trace-messages.ts'
import { traceRecord } from '../../harness/timeline/trace-record.ts'
import { LiveTrace } from '../../reports/live-trace.ts'
import { printable } from '../../reports/plain-text.ts'
import { renderTrace } from '../../reports/trace.ts'
import { closeAll, type Opened, openTarget, type ReachInputs, type Surroundings } from '../check/open-target.ts'
import { tellRemaining } from '../check/remaining.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible } from '../interruption.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import type { RawOptions } from '../options.ts'
import { toolVersion } from '../version.ts'
import { announceTrace } from './announce-trace.ts'
import { followLogs } from './follow-logs.ts'
import { readEnds, readReach, readTraceOptions, type TraceEnd, type TraceOptions } from './trace-options.ts'

const noRelay = 'No relay named: tracing the built-in reference server. This says nothing about yours.'

/** How long the log of the server may lag behind the last message. Milliseconds. */
const logLag = 1_500

export async function traceCommand(texts: readonly string[], flags: RawOptions, io: Io): Promise<number> {
  const options = readTraceOptions(flags)
  const ends = readEnds(texts)
  const inputs = await readReach(options, io.cwd)
  const say = (text: string): void => {
    if (!options.quiet) io.stderr.write(`${text}\n`)
  }
  if (texts.length === 0) io.stderr.write(`${noRelay}\n`)
  const interruption = interruptible(io, () => io.stderr.write('\nStopping. ^C again stops at once.\n'))
  const opened: Opened[] = []
  try {
    const hosts: Host[] = []
    for (const { target } of ends) {
      const known = hosts.find((_, at) => ends[at]?.target.text === target.text)
      hosts.push(known ?? (await open(target, options, inputs, { io, signal: interruption.signal, say }, opened)))
    }
    const [from, to] = hosts
    if (!from || !to) throw new Error('a trace has two ends')
    const trace = await run(ends, from, to, options, { io, say, interrupt: interruption.signal, opened })
    if (options.format === 'json') io.stdout.write(`${JSON.stringify(trace, null, 2)}\n`)
    else io.stdout.write(renderTrace(trace, screen(options, io)))
    for (const { host, reference } of opened) if (!reference) await tellRemaining(host, say)
    if (interruption.signal.aborted) return exitCodes.interrupted
    return trace.messages.some(({ outcome }) => outcome === 'arrived') ? exitCodes.ok : exitCodes.undecided
  } catch (error) {
    if (interruption.signal.aborted) return exitCodes.interrupted
    if (!isTrouble(error)) throw error
    io.stderr.write(`chatmail-check: ${printable(error.message)}\n`)
    if (error instanceof ControlUnmet && ends.some(({ user }) => user !== undefined))
      io.stderr.write('  hint: bring a named account by --accounts FILE, or leave the name out: one is then made\n')
    return exitCodes.undecided
  } finally {
    interruption.release()
    await closeAll(opened)
  }
}

interface Around {
  readonly io: Io
  readonly say: (text: string) => void
  readonly interrupt: AbortSignal
  readonly opened: readonly Opened[]
}

async function run(
  ends: readonly [TraceEnd, TraceEnd],
  from: Host,
  to: Host,
  options: TraceOptions,
  { io, say, interrupt, opened }: Around,
): Promise<Trace> {
  say(announceTrace(from, to, options))
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
      reference: opened.every(({ reference }) => reference),
      from: { label: from.label, address: accounts.sender.address, ...trips[0] },
      to: { label: to.label, address: accounts.reader.address, ...trips[1] },
      messages,
      log,
      notes,
    })
  const display = displayOf(options, io)
  const show = () => display?.show(record(true))
  await using logs = followLogs(options.serverLog, io.cwd, {
    onLine: (text) => {
      if (log?.read(text)) show()
    },
    onTrouble: (text) => {
      notes.push(text)
      say(`--server-log: ${printable(text)}`)
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
        show()
      },
      onWait: (why) => display?.show(record(true), why),
    })
    if (logs.open) await delay(logLag, undefined, { signal: interrupt }).catch(() => undefined)
  } finally {
    display?.clear()
  }
  return record(messages.length === options.count)
}

/** Where people watch: the terminal that the report goes to, or lines beside it. */
function displayOf(options: TraceOptions, io: Io): LiveTrace | undefined {
  if (options.quiet) return undefined
  const live = options.format === 'terminal' && io.stdout.isTTY === true && io.env.TERM !== 'dumb'
  const output = live ? io.stdout : io.stderr
  const color = options.color ?? wantsColor(output, io.env)
  return new LiveTrace({ write: (text) => void output.write(text), live, color, width: widthOf(output, io.env) })
}

function screen(options: TraceOptions, io: Io) {
  return { color: options.color ?? wantsColor(io.stdout, io.env), width: widthOf(io.stdout, io.env) }
}

async function open(
  target: TraceEnd['target'],
  options: TraceOptions,
  inputs: ReachInputs,
  around: Surroundings,
  opened: Opened[],
): Promise<Host> {
  const network = opened.find((item) => item.network !== undefined)?.network
  const outcome = await openTarget(target, options, inputs, { ...around, network })
  if (!('host' in outcome)) throw outcome.error
  opened.push(outcome)
  return outcome.host
}

/** Measured apart from the messages, and before them. */
async function roundTripOf(host: Host, service: 'submission' | 'imap'): Promise<{ roundTrip?: number }> {
  const endpoint = host.endpoints[`${service}s`] ?? host.endpoints[service]
  const ms = endpoint === undefined ? undefined : await measureRoundTrip(endpoint, { timeout: host.timing.connect })
  return ms === undefined ? {} : { roundTrip: Math.round(ms * 100) / 100 }
}

/** What is the host's doing or the network's, and no error of ours. */
function isTrouble(error: unknown): error is Error {
  return [ControlUnmet, Throttled, BudgetSpent, WireError].some((kind) => error instanceof kind)
}
