// The load command from arguments to exit code: opens the host, asks for consent, runs the scenario, keeps and renders the result.

import { budgetFor } from '../../harness/check/budget.ts'
import type { Host } from '../../harness/host/host.ts'
import { tokenFor, whyNotShown } from '../../harness/load/chatmail/operator-token.ts'
import { type LoadOutcome, runLoad } from '../../harness/load/run/run.ts'
import { LoadProgress } from '../../reports/load-progress.ts'
import { readInputs } from '../check/inputs.ts'
import { closeAll, type Opened, openTarget } from '../check/open-target.ts'
import { tellRemaining } from '../check/remaining.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible } from '../interruption.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import { keepResult } from '../keep-result.ts'
import { type CheckOptions, readOptions } from '../options.ts'
import { type RawSampleFlags, readSampleFlags, startSampler, watchedBy } from '../sample-flags.ts'
import { parseTarget } from '../target.ts'
import { toolVersion } from '../version.ts'
import { writeReports } from '../write-reports.ts'
import { announceLoad } from './announce-load.ts'
import { consentOfAll, demandWord } from './consent.ts'
import { explained } from './explained.ts'
import { type LoadOptions, type RawLoadFlags, readLoadOptions } from './load-options.ts'
import { loadResult } from './load-result.ts'
import { loadSecret } from './load-secret.ts'
import { writeOwnSummary } from './own-summary.ts'
import { readArguments, type Scenario } from './scenarios.ts'

const noRelay = 'No relay named: load goes to the built-in reference server. This says nothing about yours.'

export async function loadCommand(
  args: readonly string[],
  { sample, sampleCommand, board, ...raw }: RawLoadFlags & RawSampleFlags,
  io: Io,
): Promise<number> {
  const started = new Date()
  const watching = readSampleFlags({ sample, sampleCommand, board })
  const load = readLoadOptions(raw)
  const { vus: _vus, duration: _d, rate: _r, stage: _s, threshold: _t, env: _e, threads: _n, ...common } = raw
  const options = readOptions(common)
  const { scenario, hosts: named } = readArguments(args, io.cwd)
  const targets = (named.length === 0 ? builtIn(scenario) : named).map(parseTarget)
  // The word of operators is asked for here host by host, also of several.
  const inputs = await readInputs(targets.length > 1 ? { ...options, iOperate: [] } : options, targets, [], io.cwd)
  const say = (text: string): void => {
    if (!options.quiet) io.stderr.write(`${text}\n`)
  }
  if (named.length === 0) io.stderr.write(`${noRelay}\n`)
  const interruption = interruptible(io, () => io.stderr.write('\nStopping. ^C again stops at once.\n'))
  const opened: Opened[] = []
  try {
    for (const { kind, text } of targets) if (kind === 'host') await demandWord(text, options, options.iOperate)
    for (const target of targets) {
      const { network } = opened[0] ?? {}
      const iOperate = options.iOperate.some((name) => name.toLowerCase() === target.text.toLowerCase())
      const reach = { ...inputs, iOperate, budget: budgetFor(inputs.selection) }
      const outcome = await openTarget(target, options, reach, { io, signal: interruption.signal, say, network })
      if ('error' in outcome) throw outcome.error
      opened.push(outcome)
    }
    const hosts = opened.map(({ host }) => host)
    await using sampler = await startSampler(watching.source, interruption.signal)
    const result = await explained(
      run(hosts, scenario, { load, options, io, say, signal: interruption.signal }),
      scenario,
    )
    const server = await watchedBy(sampler, watching, result.seconds)
    const record = loadResult(result, {
      server,
      scenario: scenario.name,
      hosts,
      reference: opened.some(({ reference }) => reference),
      started,
      toolVersion: toolVersion(),
      options: { ...load.flags, threads: load.threads, env: Object.keys(load.env) },
    })
    await keepResult(record, io, say)
    const replaced = (await writeOwnSummary(result.ownSummary, io)) && options.out === undefined
    const format = replaced ? options.format.filter((name) => name !== 'terminal') : options.format
    await writeReports(record, { ...options, format }, io)
    for (const { host, reference } of opened) if (!reference) await tellRemaining(host, say)
    return record.gate.exitCode
  } catch (error) {
    // Before there was anything to tell.
    if (interruption.signal.aborted) return exitCodes.interrupted
    throw error
  } finally {
    interruption.release()
    await closeAll(opened)
  }
}

interface RunContext {
  readonly load: LoadOptions
  readonly options: CheckOptions
  readonly io: Io
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

async function run(hosts: readonly Host[], scenario: Scenario, context: RunContext): Promise<LoadOutcome> {
  const { load, options, io, say, signal } = context
  const consent = await consentOfAll(hosts, {
    iOperate: options.iOperate,
    token: async ({ domain }) => tokenFor(await loadSecret(io.env), domain),
    whyNotShown: (host, address, token) => whyNotShown(host, address, token, signal),
  })
  const [host, peer] = hosts
  if (host === undefined) throw new Error('a load run needs a host')
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
      ...(peer === undefined ? {} : { peer }),
      consent,
      flags: load.flags,
      env: load.env,
      threads: load.threads,
      signal,
      say,
      onBudget: (budget) => say(announceLoad(hosts, budget)),
      onMoment(moment, elapsed, length) {
        if (!options.quiet) progress.show(moment, elapsed, length)
      },
    })
  } finally {
    progress.clear()
  }
}

/** Without a host the server is built in; where mail goes from one to another, there are two. */
function builtIn({ name }: Scenario): readonly string[] {
  return name === 'federation' ? ['@reference', '@reference:domain=other.test'] : ['@reference']
}
