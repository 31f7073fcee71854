// The load command from arguments to exit code: opens the host, asks for consent, runs the scenario, keeps and renders the result.

import type { Host } from '../../harness/host/host.ts'
import { type LoadOutcome, runLoad } from '../../harness/load/run/run.ts'
import { parseSegment } from '../../harness/load/schedule/segment.ts'
import type { Result } from '../../harness/result/schema.ts'
import { LoadProgress } from '../../reports/load-progress.ts'
import { readBaseline, withBaseline } from '../baseline.ts'
import { tellRemaining } from '../check/remaining.ts'
import { tellGithub } from '../github-actions.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import { keepResult } from '../keep-result.ts'
import { withMachine } from '../machine.ts'
import { type RawSampleFlags, readSampleFlags, startSampler, watchedBy } from '../sample-flags.ts'
import { toolVersion } from '../version.ts'
import { recordFile, writeReports } from '../write-reports.ts'
import { announceLoad } from './announce-load.ts'
import type { RawLoadFlags } from './load-options.ts'
import { loadResult } from './load-result.ts'
import { askOperators, explained, type LoadHosts, withLoadHosts } from './open-hosts.ts'
import { writeOwnSummary } from './own-summary.ts'
import type { Scenario } from './scenarios.ts'

export async function loadCommand(
  args: readonly string[],
  { sample, sampleCommand, board, ...raw }: RawLoadFlags & RawSampleFlags,
  io: Io,
): Promise<number> {
  const watching = readSampleFlags({ sample, sampleCommand, board })
  return withLoadHosts(args, raw, io, async ({ load, options, scenario, opened, hosts, say, signal }) => {
    const earlier = options.baseline.length === 0 ? undefined : await readBaseline(options.baseline, io)
    await using sampler = await startSampler(watching.source, signal)
    let ownSummary: LoadOutcome['ownSummary']
    const measure = async (): Promise<Result> => {
      const started = new Date()
      const outcome = await explained(run(hosts, scenario, { load, options, io, say, signal }), scenario)
      ownSummary = outcome.ownSummary
      return withMachine(
        loadResult(outcome, {
          server: await watchedBy(sampler, watching, outcome.seconds),
          scenario: scenario.name,
          hosts,
          reference: opened.some(({ reference }) => reference),
          started,
          toolVersion: toolVersion(),
          segment: load.segment,
          options: { ...load.flags, threads: load.threads, env: Object.keys(load.env) },
        }),
      )
    }
    const record = await withBaseline(await measure(), earlier, async () => {
      say('Slower than before: measuring once more.')
      return signal.aborted ? undefined : await measure()
    })
    const kept = await keepResult(record, io, say)
    const replaced = (await writeOwnSummary(ownSummary, io)) && options.out === undefined
    const format = replaced ? options.format.filter((name) => name !== 'terminal') : options.format
    await writeReports(record, { ...options, format }, io)
    await tellGithub(record, recordFile(options, kept), io, options.lang)
    for (const { host, reference } of opened) if (!reference) await tellRemaining(host, say)
    return record.gate.exitCode
  })
}

async function run(
  hosts: readonly Host[],
  scenario: Scenario,
  context: Omit<LoadHosts, 'scenario' | 'opened' | 'hosts'>,
): Promise<LoadOutcome> {
  const { load, options, io, say, signal } = context
  const consent = await askOperators(hosts, context)
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
      segment: load.segment === undefined ? undefined : parseSegment(load.segment),
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
