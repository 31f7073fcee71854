// The load command from arguments to exit code: opens the host, asks for consent, runs the scenario, keeps and renders the result.

import type { Host } from '../../harness/host/host.ts'
import { type LoadOutcome, runLoad } from '../../harness/load/run/run.ts'
import { parseSegment } from '../../harness/load/schedule/segment.ts'
import type { Result } from '../../harness/result/schema.ts'
import { LoadProgress } from '../../reports/load-progress.ts'
import { tellRemaining } from '../check/remaining.ts'
import { keepRun } from '../history.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import { reasonOf } from '../read-file.ts'
import { toolVersion } from '../version.ts'
import { writeReports } from '../write-reports.ts'
import { announceLoad } from './announce-load.ts'
import type { RawLoadFlags } from './load-options.ts'
import { loadResult } from './load-result.ts'
import { askOperators, explained, type LoadHosts, withLoadHosts } from './open-hosts.ts'
import { writeOwnSummary } from './own-summary.ts'
import type { Scenario } from './scenarios.ts'

export async function loadCommand(args: readonly string[], raw: RawLoadFlags, io: Io): Promise<number> {
  const started = new Date()
  return withLoadHosts(args, raw, io, async ({ load, options, scenario, opened, hosts, say, signal }) => {
    const result = await explained(run(hosts, scenario, { load, options, io, say, signal }), scenario)
    const record = loadResult(result, {
      scenario: scenario.name,
      hosts,
      reference: opened.some(({ reference }) => reference),
      started,
      toolVersion: toolVersion(),
      segment: load.segment,
      options: { ...load.flags, threads: load.threads, env: Object.keys(load.env) },
    })
    await keep(record, io, say)
    const replaced = (await writeOwnSummary(result.ownSummary, io)) && options.out === undefined
    const format = replaced ? options.format.filter((name) => name !== 'terminal') : options.format
    await writeReports(record, { ...options, format }, io)
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

/** The result is on the screen in any case: trouble with the state folder is a remark. */
async function keep(result: Result, io: Io, say: (text: string) => void): Promise<void> {
  try {
    await keepRun(result, io.env)
  } catch (error) {
    say(`The result could not be kept for "report last": ${reasonOf(error)}`)
  }
}
