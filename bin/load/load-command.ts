// The load command from arguments to exit code: opens the host, asks for consent, runs the scenario, keeps and renders the result.

import { budgetFor } from '../../harness/check/budget.ts'
import { tokenFor, whyNotShown } from '../../harness/load/chatmail/operator-token.ts'
import { endpointsOf } from '../../harness/load/run/prepare-assets.ts'
import { type LoadBudget, type LoadOutcome, runLoad } from '../../harness/load/run/run.ts'
import type { Result } from '../../harness/result/schema.ts'
import { LoadProgress } from '../../reports/load-progress.ts'
import { count } from '../../reports/words.ts'
import { readBaseline, withBaseline } from '../baseline.ts'
import { readInputs } from '../check/inputs.ts'
import { type Opened, openTarget } from '../check/open-target.ts'
import { tellRemaining } from '../check/remaining.ts'
import { exitCodes } from '../exit-codes.ts'
import { tellGithub } from '../github-actions.ts'
import { interruptible } from '../interruption.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import { keepResult } from '../keep-result.ts'
import { withMachine } from '../machine.ts'
import { type CheckOptions, readOptions } from '../options.ts'
import { type RawSampleFlags, readSampleFlags, startSampler, watchedBy } from '../sample-flags.ts'
import { parseTarget } from '../target.ts'
import { toolVersion } from '../version.ts'
import { recordFile, writeReports } from '../write-reports.ts'
import { consentFor } from './consent.ts'
import { explained } from './explained.ts'
import { type LoadOptions, type RawLoadFlags, readLoadOptions } from './load-options.ts'
import { loadResult } from './load-result.ts'
import { loadSecret } from './load-secret.ts'
import { readArguments, type Scenario } from './scenarios.ts'

const noRelay = 'No relay named: load goes to the built-in reference server. This says nothing about yours.'

export async function loadCommand(
  args: readonly string[],
  { sample, sampleCommand, board, ...raw }: RawLoadFlags & RawSampleFlags,
  io: Io,
): Promise<number> {
  const watching = readSampleFlags({ sample, sampleCommand, board })
  const load = readLoadOptions(raw)
  const { vus: _vus, duration: _d, rate: _r, stage: _s, threshold: _t, env: _e, threads: _n, ...common } = raw
  const options = readOptions(common)
  const { scenario, host: named } = readArguments(args, io.cwd)
  const target = parseTarget(named ?? '@reference')
  const inputs = await readInputs(options, [target], [], io.cwd)
  const say = (text: string): void => {
    if (!options.quiet) io.stderr.write(`${text}\n`)
  }
  if (named === undefined) io.stderr.write(`${noRelay}\n`)
  const earlier = options.baseline.length === 0 ? undefined : await readBaseline(options.baseline, io)
  const interruption = interruptible(io, () => io.stderr.write('\nStopping. ^C again stops at once.\n'))
  let opened: Opened | undefined
  try {
    const reach = { ...inputs, iOperate: inputs.selection.iOperate, budget: budgetFor(inputs.selection) }
    const outcome = await openTarget(target, options, reach, { io, signal: interruption.signal, say })
    if ('error' in outcome) throw outcome.error
    opened = outcome
    await using sampler = await startSampler(watching.source, interruption.signal)
    const host = opened
    const measure = async (): Promise<Result> => {
      const began = new Date()
      const context = { load, options, io, say, signal: interruption.signal }
      const result = await explained(run(host, scenario, context), scenario)
      return withMachine(
        loadResult(result, {
          server: await watchedBy(sampler, watching, result.seconds),
          scenario: scenario.name,
          host: host.host,
          reference: host.reference,
          started: began,
          toolVersion: toolVersion(),
          options: { ...load.flags, threads: load.threads, env: Object.keys(load.env) },
        }),
      )
    }
    const record = await withBaseline(await measure(), earlier, async () => {
      say('Slower than before: measuring once more.')
      return interruption.signal.aborted ? undefined : await measure()
    })
    const kept = await keepResult(record, io, say)
    await writeReports(record, options, io)
    await tellGithub(record, recordFile(options, kept), io, options.lang)
    if (!opened.reference) await tellRemaining(opened.host, say)
    return record.gate.exitCode
  } catch (error) {
    // Before there was anything to tell.
    if (interruption.signal.aborted) return exitCodes.interrupted
    throw error
  } finally {
    interruption.release()
    await opened?.close()
  }
}

interface RunContext {
  readonly load: LoadOptions
  readonly options: CheckOptions
  readonly io: Io
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

async function run({ host }: Opened, scenario: Scenario, context: RunContext): Promise<LoadOutcome> {
  const { load, options, io, say, signal } = context
  const { imap, submission } = endpointsOf(host)
  const consent = await consentFor(host, [imap.address, submission.address], {
    iOperate: options.iOperate,
    token: async () => tokenFor(await loadSecret(io.env), host.domain),
    whyNotShown: (address, token) => whyNotShown(host, address, token, signal),
  })
  const progress = new LoadProgress({
    write: (text) => io.stderr.write(text),
    live: io.stderr.isTTY === true && io.env.TERM !== 'dumb',
    color: options.color ?? wantsColor(io.stderr, io.env),
    width: widthOf(io.stderr, io.env),
    scenario: scenario.name,
  })
  try {
    return await runLoad({
      url: scenario.url,
      host,
      consent,
      flags: load.flags,
      env: load.env,
      threads: load.threads,
      signal,
      say,
      onBudget: (budget) => say(announce(host.label, budget)),
      onMoment(moment, elapsed, length) {
        if (!options.quiet) progress.show(moment, elapsed, length)
      },
    })
  } finally {
    progress.clear()
  }
}

function announce(label: string, { virtualUsers, accounts, reused, connections, length }: LoadBudget): string {
  const fresh = accounts - reused
  const people = `${count(accounts, 'account')} (${fresh} new)`
  const time = `${Math.round(length / 1_000)} s`
  return `${label}: ${count(virtualUsers, 'virtual user')}, ${people}, up to ${count(connections, 'connection')} at once, at most ${time} and what is then still running.`
}
