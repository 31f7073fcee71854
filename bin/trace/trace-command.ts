// The trace command from flags to exit code: opens the hosts, traces, and reports.
import { ControlUnmet } from '../../harness/check/signals.ts'
import type { Host } from '../../harness/host/host.ts'
import { printable } from '../../reports/plain-text.ts'
import { renderTrace } from '../../reports/trace.ts'
import { closeAll, type Opened, openTarget, type ReachInputs, type Surroundings } from '../check/open-target.ts'
import { tellRemaining } from '../check/remaining.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible } from '../interruption.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import type { RawOptions } from '../options.ts'
import { tellUnused } from '../reaching-flags.ts'
import { announceTrace } from './announce-trace.ts'
import { isTrouble, runTrace } from './run-trace.ts'
import { readEnds, readReach, readTraceOptions, type TraceEnd, type TraceOptions } from './trace-options.ts'

const noRelay = 'No relay named: tracing the built-in reference server. This says nothing about yours.'

export async function traceCommand(texts: readonly string[], flags: RawOptions, io: Io): Promise<number> {
  const options = readTraceOptions(flags)
  const ends = readEnds(texts)
  const inputs = await readReach(options, io.cwd)
  const say = (text: string): void => {
    if (!options.quiet) io.stderr.write(`${text}\n`)
  }
  if (texts.length === 0) io.stderr.write(`${noRelay}\n`)
  tellUnused(
    ends.map(({ target }) => target),
    options,
    io,
  )
  let onStop = (text: string): void => void io.stderr.write(`\n${text}\n`)
  const interruption = interruptible(io, () => onStop('Stopping. ^C again stops at once.'))
  const opened: Opened[] = []
  try {
    const hosts: Host[] = []
    for (const { target } of ends) {
      const known = hosts.find((_, at) => ends[at]?.target.text === target.text)
      hosts.push(known ?? (await open(target, options, inputs, { io, signal: interruption.signal, say }, opened)))
    }
    const [from, to] = hosts
    if (!from || !to) throw new Error('a trace has two ends')
    say(announceTrace(from, to, options))
    const reference = opened.every((item) => item.reference)
    const around = { io, interrupt: interruption.signal, reference, atStop: (tell: typeof onStop) => (onStop = tell) }
    const trace = await runTrace(ends, from, to, options, around)
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
