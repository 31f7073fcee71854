// `compare --interleave OLD NEW`: messages to both in turns, until it is clear whether a stage of delivery got slower.
import { BudgetSpent, ControlUnmet, Throttled } from '../../harness/check/signals.ts'
import { Transcript } from '../../harness/clients/transcript.ts'
import { roundTripTo } from '../../harness/discovery/round-trip.ts'
import type { Host } from '../../harness/host/host.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { type Arm, arms, type Interleave, interleaveFormat, type Round } from '../../harness/result/interleave.ts'
import { type ArmRun, rounds as measuredRounds, openArm, sendersEach } from '../../harness/timeline/interleave.ts'
import { judgeRounds, lookEvery } from '../../harness/timeline/judge-rounds.ts'
import { networkRoundTrip } from '../../harness/timeline/timeline.ts'
import { politeInterval } from '../../harness/timeline/trace-messages.ts'
import { interleaveFormats } from '../../reports/interleave/index.ts'
import { renderInterleaveMarkdown } from '../../reports/interleave/markdown.ts'
import { interleaveProgress } from '../../reports/interleave/terminal.ts'
import { openLanguage } from '../../reports/language/language.ts'
import { printable } from '../../reports/plain-text.ts'
import { closeAll, type Opened, openTarget } from '../check/open-target.ts'
import { tellRemaining } from '../check/remaining.ts'

import { exitCodes } from '../exit-codes.ts'
import { appendSummary } from '../github-actions.ts'
import { interruptible } from '../interruption.ts'
import type { Io } from '../io.ts'
import type { RawOptions } from '../options.ts'
import { parseTarget, type Target } from '../target.ts'
import { toolVersion } from '../version.ts'
import { demandFolder } from '../write-folder.ts'
import { writeFormats } from '../write-formats.ts'
import { type InterleaveOptions, readArms, readInterleaveInputs, readInterleaveOptions } from './interleave-options.ts'

/** So many messages in a row that did not come through one of the servers end the comparison. */
const hopeless = 3

export async function interleaveCommand(hosts: readonly string[], flags: RawOptions, io: Io): Promise<number> {
  const options = readInterleaveOptions(flags)
  const targets = { ...readArms(hosts), control: parseTarget('@reference') }
  const inputs = await readInterleaveInputs(options, io.cwd)
  await demandFolder(options.out, io.cwd, '--out')
  const say = (text: string): void => {
    if (options.quiet) return
    for (const line of text.split('\n')) io.stderr.write(`${printable(line)}\n`)
  }
  const interruption = interruptible(io, () => say('Stopping. ^C again stops at once.'))
  const opened: Opened[] = []
  try {
    const open = async (target: Target, connect: readonly string[]): Promise<Host> => {
      const outcome = await openTarget(target, { ...options, connect }, inputs, {
        io,
        signal: interruption.signal,
        say,
      })
      if (!('host' in outcome)) throw outcome.error
      opened.push(outcome)
      return outcome.host
    }
    const compared = {
      old: await open(targets.old, options.connect.old),
      new: await open(targets.new, options.connect.new),
      control: await open(targets.control, []),
    }
    say(announce(compared, options))
    const record = await compare(compared, options, { say, io, interrupt: interruption.signal })
    const language = await openLanguage(options.lang)
    await writeFormats(
      {
        chosen: options.format,
        fileOf: (name) => interleaveFormats[name].file,
        render: (name, screen) => interleaveFormats[name].render(record, language, screen),
      },
      options,
      io,
    )
    await appendSummary(renderInterleaveMarkdown(record, language), io)
    for (const { host, reference } of opened) if (!reference) await tellRemaining(host, say)
    return exitCode[record.verdict]
  } catch (error) {
    if (interruption.signal.aborted) return exitCodes.interrupted
    if (![ControlUnmet, Throttled, BudgetSpent, WireError].some((kind) => error instanceof kind)) throw error
    io.stderr.write(`chatmail-check: ${printable((error as Error).message)}\n`)
    return exitCodes.undecided
  } finally {
    interruption.release()
    await closeAll(opened)
  }
}

const exitCode = {
  same: exitCodes.ok,
  slower: 1,
  undecided: exitCodes.undecided,
  interrupted: exitCodes.interrupted,
} as const satisfies Record<Interleave['verdict'], number>

function announce(compared: Readonly<Record<Arm, Host>>, { rounds }: InterleaveOptions): string {
  const apart = Math.max(...Object.values(compared).map((host) => politeInterval(host, 0) / sendersEach))
  return (
    `${compared.old.label} and ${compared.new.label} in turns: ${2 * lookEvery} to ${rounds} messages through each, ` +
    `${(apart / 1_000).toFixed(1)} s apart or more, and as many through the built-in reference server beside them. ` +
    `At most ${sendersEach + 1} accounts and ${2 * rounds} connections each.`
  )
}

interface Around {
  readonly io: Io
  readonly say: (text: string) => void
  readonly interrupt: AbortSignal
}

async function compare(
  hosts: Readonly<Record<Arm, Host>>,
  options: InterleaveOptions,
  { io, say, interrupt }: Around,
): Promise<Interleave> {
  const started = new Date()
  const seed = options.seed ?? Math.floor(Math.random() * 0x7fffffff)
  // The sessions outlive ^C: what was sent is deleted.
  const line = { signal: new AbortController().signal, transcript: new Transcript({ maxLines: 4 }) }
  const runs: Partial<Record<Arm, ArmRun>> = {}
  try {
    for (const arm of arms) runs[arm] = await openArm(hosts[arm], line)
    const trips = { old: await roundTripOf(hosts.old), new: await roundTripOf(hosts.new) }
    const network = { old: networkRoundTrip(trips.old), new: networkRoundTrip(trips.new) }
    const seen: Round[] = []
    const troubles: Interleave['troubles'] = []
    let last: Record<Arm, number> = { old: 0, new: 0, control: 0 }
    let judgement = judgeRounds(seen, options.rounds, network)
    const measuring = measuredRounds({
      arms: runs as Record<Arm, ArmRun>,
      seed,
      version: toolVersion(),
      line,
      interrupt,
      onTrouble(arm, text) {
        const known = troubles.find((one) => one.arm === arm && one.text === text)
        if (known) known.count++
        else troubles.push({ arm, text, count: 1 })
      },
      onWait: (arm, ms) => say(`${hosts[arm].label} asks us to slow down: waiting for ${Math.ceil(ms / 1_000)} s`),
    })
    for await (const round of measuring) {
      seen.push(round)
      last = Object.fromEntries(arms.map((arm) => [arm, round[arm] === null ? last[arm] + 1 : 0])) as typeof last
      if (Math.max(...Object.values(last)) >= hopeless) break
      if (seen.length % lookEvery !== 0) continue
      judgement = judgeRounds(seen, options.rounds, network)
      if (!options.quiet) io.stderr.write(`${interleaveProgress(judgement, seen.length, options.rounds)}\n`)
      if (judgement.verdict !== 'undecided' || seen.length >= options.rounds) break
    }
    const dead = arms.find((arm) => last[arm] >= hopeless)
    const side = (arm: 'old' | 'new') => ({
      label: hosts[arm].label,
      ...(network[arm] > 0 ? { roundTrip: Math.round(network[arm] * 100) / 100 } : {}),
    })
    const { stages } = judgeRounds(seen, options.rounds, network)
    return {
      format: interleaveFormat,
      tool: { name: 'chatmail-check', version: toolVersion() },
      started: started.toISOString(),
      seconds: (Date.now() - started.getTime()) / 1_000,
      seed,
      old: side('old'),
      new: side('new'),
      rounds: seen,
      stages: [...stages],
      ...(interrupt.aborted
        ? { verdict: 'interrupted', reason: 'interrupted' }
        : dead !== undefined
          ? { verdict: 'undecided', reason: `${hopeless} messages in a row did not come through ${hosts[dead].label}` }
          : { verdict: judgement.verdict, reason: judgement.reason }),
      troubles,
    }
  } finally {
    await Promise.allSettled(Object.values(runs).map((run) => run[Symbol.asyncDispose]()))
  }
}

/** Milliseconds of several connects to where mail is submitted. */
async function roundTripOf(host: Host): Promise<readonly number[]> {
  const ms = await roundTripTo(host, 'submission', { connects: 5 })
  return ms === undefined ? [] : [ms]
}
