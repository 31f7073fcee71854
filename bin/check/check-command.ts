// The check command from flags to exit code: opens the hosts, runs the checks, keeps and renders the result.
import { join } from 'node:path'
import { budgetFor } from '../../harness/check/budget.ts'
import { writeKnownFailing } from '../../harness/check/known-failing.ts'
import type { Equipment } from '../../harness/check/plan.ts'
import { runChecks } from '../../harness/check/run.ts'
import { type CoreBinary, findCore } from '../../harness/deltachat/binary.ts'
import type { Host } from '../../harness/host/host.ts'
import type { StandingPeer } from '../../harness/peer/standing/standing-peer.ts'
import type { Result } from '../../harness/result/schema.ts'
import { formats } from '../../reports/index.ts'
import { suites } from '../../suites/index.ts'
import { readBaseline, withBaseline } from '../baseline.ts'
import { exitCodes } from '../exit-codes.ts'
import { tellGithub } from '../github-actions.ts'
import { interruptible } from '../interruption.ts'
import type { Io } from '../io.ts'
import { keepResult } from '../keep-result.ts'
import { withMachine } from '../machine.ts'
import { type CheckOptions, type RawOptions, readOptions } from '../options.ts'
import { readProjectFile } from '../project-file.ts'
import { published } from '../publication.ts'
import { tellUnused } from '../reaching-flags.ts'
import { parseTarget, type Target } from '../target.ts'
import { UsageError } from '../usage-error.ts'
import { toolVersion } from '../version.ts'
import { demandFolder } from '../write-folder.ts'
import { writeReports } from '../write-reports.ts'
import { writeText } from '../write-text.ts'
import { announceBudget, renderPlans } from './announce.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { closeAll, type Opened, openTarget, type Surroundings, type Unreached } from './open-target.ts'
import { tellRemaining } from './remaining.ts'
import { runOptions } from './run-options.ts'
import { unreachedResult, withUnreached } from './unreached.ts'
import { unseenDefects } from './unseen-defects.ts'
import { describeVantage, openVantage, prepareVantage } from './vantage.ts'
import { watchRun } from './watch-run.ts'

const noRelay = 'No relay named: checking the built-in reference server. This says nothing about yours.'

export async function checkCommand(hosts: readonly string[], flags: RawOptions, io: Io): Promise<number> {
  const started = new Date()
  const options = readOptions({ ...(await readProjectFile(io.cwd)), ...flags })
  const targets = readTargets(hosts)
  const inputs = await readInputs(options, targets, suites, io.cwd)
  const say = (text: string): void => {
    if (!options.quiet) io.stderr.write(`${text}\n`)
  }
  const vantage = options.peer && (await prepareVantage(options.peer, io.cwd))
  if (vantage?.keyMade) say(`Made the signing key ${options.peer?.dkimKey} of ${vantage.options.domain}.`)
  const earlier = options.baseline.length === 0 ? undefined : await readBaseline(options.baseline, io)
  if (!options.dryRun) await demandFolder(options.out, io.cwd, '--out')
  if (hosts.length === 0) io.stderr.write(`${noRelay}\n`)
  tellUnused(options.with === undefined ? targets : [...targets, parseTarget(options.with)], options, io)
  if (targets.length > 2 && options.with === undefined)
    say('Each host is checked by itself: mail between them only with --with HOST.')
  const around = (known: readonly Opened[]): Surroundings => ({
    io,
    signal: interruption.signal,
    say,
    network: known.find(({ network }) => network !== undefined)?.network,
  })
  const reach = { ...inputs, iOperate: inputs.selection.iOperate, budget: budgetFor(inputs.selection) }
  const interruption = interruptible(io, () =>
    io.stderr.write('\nStopping: what is finished gets written. ^C again stops at once.\n'),
  )
  const core = await findCore(io.env, io.cwd)
  const opened: Opened[] = []
  let partner: Opened | undefined
  let peer: StandingPeer | undefined
  try {
    const unreached: Unreached[] = []
    for (const target of targets) {
      const began = performance.now()
      const outcome = await openTarget(target, options, reach, around(opened))
      if ('host' in outcome) opened.push(outcome)
      else unreached.push({ ...outcome, seconds: Math.round(performance.now() - began) / 1_000 })
    }
    if (options.with !== undefined) {
      const outcome = await openTarget(parseTarget(options.with), options, reach, around(opened))
      if ('host' in outcome) partner = outcome
      else say(`${outcome.error.message}: mail between two servers is not checked.`)
    }
    const equipment = (host: Host): Equipment => ({
      core,
      partner: partnerOf(host, opened, partner),
      vantage: vantage !== undefined,
    })
    if (options.dryRun) {
      io.stdout.write(renderPlans(opened, suites, inputs.selection, equipment))
      if (vantage !== undefined) io.stdout.write(`${describeVantage(vantage)}\n`)
      for (const { error } of unreached) say(error.message)
      return unreached.length > 0 ? exitCodes.undecided : exitCodes.ok
    }
    const [first] = opened.filter(({ reference }) => !reference)
    if (vantage !== undefined && first !== undefined) {
      const { signal } = interruption
      peer = await openVantage(vantage, { resolver: first.host.resolver, waitMs: options.wait, signal, say })
    }
    const context: RunContext = {
      core,
      partner: partner?.host,
      peer,
      equipment,
      started,
      interrupt: interruption.signal,
      io,
      say,
    }
    const measured = withMachine(await judge(opened, unreached, options, inputs, context))
    const result = await withBaseline(measured, earlier, async () => {
      say('Slower than before: measuring once more.')
      const only = [...new Set(measured.measurements.flatMap(({ check }) => check ?? []))]
      const again = { ...inputs, selection: { ...inputs.selection, only } }
      return opened.length === 0 ? undefined : withMachine(await judge(opened, [], options, again, context))
    })
    const kept = await keepResult(result, io, say)
    const shown = published(result, options)
    await writeReports(shown, options, io)
    for (const { error } of unreached) if (error.hint) say(`  hint: ${error.hint}`)
    for (const { host, reference } of opened) if (!reference) await tellRemaining(host, say)
    if (result.complete) for (const line of await unseenDefects(targets, result)) say(line)
    const written = options.out !== undefined && options.format.includes('json')
    // The kept record is whole: a job that publishes what it is told of must not get it by `--public`.
    const record = written ? join(options.out ?? '', formats.json.file) : options.public ? undefined : kept
    await tellGithub(shown, record, io, options.lang)
    if (options.writeKnownFailing !== undefined) {
      const text = writeKnownFailing(result.findings, new Date(result.started))
      await writeText(options.writeKnownFailing, text, io.cwd, '--write-known-failing')
    }
    return result.gate.exitCode
  } finally {
    interruption.release()
    await peer?.[Symbol.asyncDispose]()
    await closeAll(partner ? [...opened, partner] : opened)
  }
}

function readTargets(hosts: readonly string[]): readonly Target[] {
  const texts = hosts.length === 0 ? ['@reference'] : hosts
  const twice = texts.find((text, at) => texts.indexOf(text) !== at)
  if (twice !== undefined) throw new UsageError(`${twice} is named twice`)
  return texts.map(parseTarget)
}

/** What the second host of a host is: the one given, or the other one of two. */
function partnerOf(host: Host, opened: readonly Opened[], given: Opened | undefined): Host | undefined {
  return given?.host ?? (opened.length === 2 ? opened.find((other) => other.host !== host)?.host : undefined)
}

interface RunContext {
  readonly core: CoreBinary | undefined
  readonly partner: Host | undefined
  readonly peer: StandingPeer | undefined
  readonly equipment: (host: Host) => Equipment
  readonly started: Date
  readonly interrupt: AbortSignal
  readonly io: Io
  readonly say: (text: string) => void
}

async function judge(
  opened: readonly Opened[],
  unreached: readonly Unreached[],
  options: CheckOptions,
  inputs: Inputs,
  { core, partner, peer, equipment, started, interrupt, io, say }: RunContext,
): Promise<Result> {
  const about = {
    seed: inputs.seed,
    profile: `${options.profile}/1`,
    failOn: options.failOn,
    options: inputs.record,
    toolVersion: toolVersion(),
    interrupted: interrupt.aborted,
    started,
  }
  if (opened.length === 0) return unreachedResult(unreached, about)
  for (const { host, reference } of opened)
    if (!reference) say(announceBudget(host, suites, inputs.selection, equipment(host), options.profile))
  const watch = watchRun(options.public ? { ...options, quiet: true } : options, io)
  try {
    const result = await runChecks({
      ...runOptions(options, inputs),
      hosts: opened.map(({ host }) => host),
      suites,
      core,
      partner,
      vantage: peer,
      interrupt,
      onEvent: watch.onEvent,
      reference: opened.every(({ reference }) => reference),
    })
    return withUnreached(result, unreached)
  } finally {
    watch.end()
  }
}
