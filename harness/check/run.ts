// Runs a plan on each host and makes the result: what starts first, what runs beside what, and when to stop.
import { availableParallelism } from 'node:os'
import type { Requirement } from '../../catalogue/types.ts'
import { Transcript } from '../clients/transcript.ts'
import type { CoreBinary } from '../deltachat/binary.ts'
import type { Core } from '../deltachat/core.ts'
import { shareCore } from '../deltachat/shared-core.ts'
import { describeHost } from '../host/describe-host.ts'
import type { Host } from '../host/host.ts'
import { type Guess, guess } from '../implementation/guess.ts'
import type { Peer } from '../peer/peer.ts'
import {
  type Explanation,
  type Finding,
  type HostRecord,
  type Level,
  type Measurement,
  type Observation,
  type Result,
  resultFormat,
} from '../result/schema.ts'
import { explainFindings } from './diagnosis.ts'
import { fixFor } from './fix.ts'
import { gate } from './gate.ts'
import { type HostRun, startHostRun } from './host-run.ts'
import { coverOf, type KnownFailing } from './known-failing.ts'
import { type LongWaits, startLongWaits } from './long-waits.ts'
import { type Plan, planChecks, type Selection, type Skipped, type Unit } from './plan.ts'
import { runRisky } from './risky.ts'
import type { Suite } from './types.ts'
import { checkOf, type Direction, runUnit, type UnitRunOptions } from './unit-run.ts'

export type RunEvent =
  | { readonly type: 'plan'; readonly host: Host; readonly plan: Plan }
  | { readonly type: 'started'; readonly id: string }
  | { readonly type: 'finished'; readonly finding: Finding }
  | { readonly type: 'note'; readonly text: string }

export interface RunOptions {
  readonly hosts: readonly Host[]
  readonly suites: readonly Suite[]
  readonly catalogue: Readonly<Record<string, Requirement>>
  readonly selection: Selection
  /**
   * The second host of checks about mail between two; it is not checked itself. Without one, two hosts are each other's.
   */
  readonly partner?: Host | undefined
  /** Our own mail domain in the real DNS, for hosts that have none beside them. */
  readonly vantage?: Peer | undefined
  /** Delta Chat core, where there is one. */
  readonly core?: CoreBinary | undefined
  readonly seed: number
  /** Deadline for each check, ms, instead of its own. */
  readonly deadline?: number
  readonly failOn: Level
  readonly requireComplete: boolean
  readonly knownFailing: readonly KnownFailing[]
  readonly evidence: 'failures' | 'all' | 'none'
  /** Aborted when the user stops the run; what is there becomes the result. */
  readonly interrupt: AbortSignal
  readonly onEvent?: (event: RunEvent) => void
  readonly toolVersion: string
  /** Is the embedded reference server what is checked? */
  readonly reference: boolean
  /** For the record: flags that matter. */
  readonly options: Readonly<Record<string, unknown>>
}

interface HostOutcome {
  readonly record: HostRecord
  readonly findings: readonly Finding[]
  readonly observations: readonly Observation[]
  readonly measurements: readonly Measurement[]
}

export async function runChecks(options: RunOptions): Promise<Result> {
  const startedAt = performance.now()
  const started = new Date()
  const outcomes: HostOutcome[] = []
  await using core = shareCore(options.core)
  for (const host of options.hosts)
    outcomes.push(await runHost(host, startedAt, started, options, () => core.running()))
  const findings = outcomes.flatMap((outcome) => outcome.findings)
  return {
    format: resultFormat,
    tool: { name: 'chatmail-check', version: options.toolVersion },
    started: started.toISOString(),
    seconds: Math.round(performance.now() - startedAt) / 1000,
    complete: !options.interrupt.aborted,
    seed: options.seed,
    profile: `${options.selection.profile}/1`,
    options: { ...options.options },
    vantage: { platform: process.platform, arch: process.arch, node: process.version, cpus: availableParallelism() },
    reference: options.reference,
    hosts: outcomes.map((outcome) => outcome.record),
    findings,
    observations: outcomes.flatMap((outcome) => outcome.observations),
    measurements: outcomes.flatMap((outcome) => outcome.measurements),
    gate: gate(findings, {
      failOn: options.failOn,
      requireComplete: options.requireComplete,
      interrupted: options.interrupt.aborted,
    }),
  }
}

async function runHost(
  host: Host,
  startedAt: number,
  today: Date,
  options: RunOptions,
  core: () => Promise<Core>,
): Promise<HostOutcome> {
  const hostStarted = performance.now()
  const partner = partnerOf(host, options)
  const plan = planChecks(host, options.suites, options.selection, {
    core: options.core,
    partner,
    vantage: options.vantage !== undefined,
  })
  options.onEvent?.({ type: 'plan', host, plan })
  const run = startHostRun(
    host,
    () => ({ signal: options.interrupt, transcript: new Transcript() }),
    core,
    options.vantage,
  )
  const findings: Finding[] = plan.skipped
    .filter(({ check }) => !check.observes)
    .map((skipped) => skippedFinding(skipped, host, options))
  const observations: Observation[] = []
  const measurements: Measurement[] = []
  const unitOptions: UnitRunOptions = {
    run,
    catalogue: options.catalogue,
    seed: options.seed,
    poolSize: plan.poolSize,
    interrupt: options.interrupt,
    evidence: options.evidence,
    startedAt,
    ...(options.deadline === undefined ? {} : { deadline: options.deadline }),
  }

  const execute = async (unit: Unit, direction?: Direction) => {
    options.onEvent?.({ type: 'started', id: unit.id })
    const outcome = await runUnit(unit, direction ? { ...unitOptions, direction } : unitOptions)
    for (const finding of outcome.findings) {
      const cover = coverOf(finding.check, options.knownFailing, today)
      const full = cover ? { ...finding, knownFailing: cover } : finding
      findings.push(full)
      options.onEvent?.({ type: 'finished', finding: full })
    }
    observations.push(...outcome.observations)
    measurements.push(
      ...outcome.measurements.map((item) => ({
        ...item,
        samples: [...item.samples],
        host: host.label,
        check: unit.members[0]?.id ?? unit.id,
      })),
    )
  }

  await run.pool.load()
  await introduce(run, options)
  const { measuring, long, makers, beside, alone, across, risky } = inOrder(plan.units, host)
  run.spending.reservedAccounts = [...alone, ...risky].reduce((sum, unit) => sum + (unit.needs.creates ?? 0), 0)
  // Given accounts are all there will be.
  const accounts = () => Math.max(host.accounts.mayCreate ? plan.poolSize : 0, run.pool.size)
  await inParallel(makers, options.selection.jobs, options.interrupt, execute)
  await inParallel(measuring, 1, options.interrupt, execute)
  const waits = startLongWaits(long, execute)
  await inParallel(beside, options.selection.jobs, options.interrupt, execute, { waits, accounts })
  await waits.ended
  await inParallel(alone, 1, options.interrupt, execute)
  if (partner && across.length > 0) await runAcross(across, run, partner, options, core, execute)
  const ban = await runRisky(risky, run, findings, options.interrupt, execute)
  if (ban) options.onEvent?.({ type: 'note', text: ban.text })
  await run.pool.close()

  const done = new Set(findings.map((finding) => checkOf(finding.check)))
  for (const unit of plan.units) {
    for (const check of unit.members) {
      if (done.has(check.id) || check.observes) continue
      const why = ban?.untried.includes(unit)
        ? ({ kind: 'reach', reason: `not tried: ${ban.text}` } as const)
        : ({ kind: 'interrupted', reason: 'interrupted' } as const)
      findings.push(skippedFinding({ check, area: unit.area, ...why }, host, options))
    }
  }
  const position = new Map(
    options.suites
      .flatMap((suite) => [...suite.checks, ...suite.batches.flatMap((batch) => batch.members)])
      .map((check, at) => [check.id, at]),
  )
  findings.sort((a, b) => (position.get(checkOf(a.check)) ?? 0) - (position.get(checkOf(b.check)) ?? 0))
  const seconds = Math.round(performance.now() - hostStarted) / 1000
  const seen = { implementation: guess(run.listener.heard), diagnosis: await explainFindings(findings) }
  const record = { ...hostRecord(host, run, plan, seconds, seen), ...(partner ? { partner: partner.label } : {}) }
  return { record, findings: withFixes(findings, seen.implementation, host, options), observations, measurements }
}

/** Which fix is shown depends on what the host seems to run, which is known at the end. */
function withFixes(
  findings: readonly Finding[],
  seen: Guess,
  { domain }: Host,
  { catalogue }: RunOptions,
): readonly Finding[] {
  return findings.map((finding) => {
    const requirement = catalogue[finding.requirement]
    const fix = requirement && finding.why !== undefined ? fixFor(requirement, seen, domain) : undefined
    return fix === undefined ? finding : { ...finding, fix }
  })
}

/**
 * Makers of accounts come first, and then what gives the speed figures, while the accounts are rested: later it would wait for
 * senders' allowances. Long waits start with the rest. What wants to be alone and what may get us banned come last, and after
 * all of them what moves the host's clock.
 */
function inOrder(units: readonly Unit[], { powers }: Host) {
  const across = units.filter((unit) => unit.needs.hosts === 2)
  const here = units.filter((unit) => unit.needs.hosts !== 2)
  const movesClock = (unit: Unit) => (unit.needs.powers?.includes('clock') ? 1 : 0)
  const risky = here.filter((unit) => unit.needs.risky).sort((a, b) => movesClock(a) - movesClock(b))
  const isAlone = ({ needs }: Unit) => needs.alone || (needs.letsMinutesPass && powers.clock !== undefined)
  const quiet = here.filter((unit) => isAlone(unit) && !unit.needs.risky)
  const rest = here.filter((unit) => !isAlone(unit) && !unit.needs.risky)
  const long = rest.filter((unit) => unit.needs.cost === 'slow')
  const beside = rest.filter((unit) => unit.needs.cost !== 'slow')
  return {
    measuring: quiet.filter((unit) => unit.needs.ordinaryAccounts),
    long,
    makers: beside.filter((unit) => unit.needs.creates),
    beside: beside.filter((unit) => !unit.needs.creates),
    alone: quiet.filter((unit) => !unit.needs.ordinaryAccounts),
    across,
    risky,
  }
}

/** `share`: who needs more accounts than the long waits leave lets the others go first. They would all wait behind it. */
async function inParallel(
  units: readonly Unit[],
  jobs: number,
  interrupt: AbortSignal,
  execute: (unit: Unit) => Promise<void>,
  share?: { readonly waits: LongWaits; accounts(): number },
) {
  const queue = [...units]
  const next = async (): Promise<Unit | undefined> => {
    while (share && share.waits.held() > 0 && queue.length > 0) {
      const room = share.accounts() - share.waits.held()
      const at = queue.findIndex((unit) => (unit.needs.accounts ?? 0) <= room)
      if (at >= 0) return queue.splice(at, 1)[0]
      await share.waits.nextEnd()
    }
    return queue.shift()
  }
  const worker = async () => {
    for (let unit = await next(); unit && !interrupt.aborted; unit = await next()) await execute(unit)
  }
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker))
}

/** The given one; else the other one of two. */
function partnerOf(host: Host, { hosts, partner }: RunOptions): Host | undefined {
  return partner ?? (hosts.length === 2 ? hosts.find((other) => other !== host) : undefined)
}

/** Mail between two hosts: there and back; of two hosts that are both checked, each answers for what it sends. */
async function runAcross(
  units: readonly Unit[],
  run: HostRun,
  partner: Host,
  options: RunOptions,
  core: () => Promise<Core>,
  execute: (unit: Unit, direction: Direction) => Promise<void>,
) {
  const other = startHostRun(partner, () => ({ signal: options.interrupt, transcript: new Transcript() }), core)
  await other.pool.load()
  const there = { from: run, to: other }
  const directions = options.partner ? [there, { from: other, to: run }] : [there]
  const jobs = { beside: options.selection.jobs, alone: 1 }
  for (const direction of directions) {
    for (const [how, n] of Object.entries(jobs)) {
      const some = units.filter(({ needs }) => (needs.alone ?? false) === (how === 'alone'))
      await inParallel(some, n, options.interrupt, (unit) => execute(unit, direction))
    }
  }
  await other.pool.close()
}

/** Says in the server's log who is here, where there is a way to (RFC 2971). What comes back says nothing of any check. */
async function introduce(run: HostRun, options: RunOptions): Promise<void> {
  const signal = AbortSignal.any([options.interrupt, AbortSignal.timeout(run.host.timing.connect)])
  const transcript = new Transcript()
  try {
    await using client = await run.imap({ signal, transcript })
    if (client.capabilities.has('ID')) await client.id({ name: 'chatmail-check', version: options.toolVersion })
  } catch {
    // A host that cannot be greeted will be seen by the checks.
  }
  run.listener.hear(transcript.lines)
}

function skippedFinding({ check, area, kind, reason, missing }: Skipped, host: Host, options: RunOptions): Finding {
  return {
    check: check.id,
    requirement: check.requirement,
    area,
    level: options.catalogue[check.requirement]?.level ?? 'must',
    title: check.title,
    host: host.label,
    verdict: 'skipped',
    skipped: kind,
    ...(missing === undefined ? {} : { missing }),
    reason,
    expectations: [],
    evidence: [],
    notes: [],
    started: 0,
    duration: 0,
    runs: 0,
  }
}

function hostRecord(
  host: Host,
  run: HostRun,
  plan: Plan,
  seconds: number,
  { implementation, diagnosis }: { readonly implementation: Guess; readonly diagnosis: readonly Explanation[] },
): HostRecord {
  const roundTrip = run.roundTrip()
  return {
    ...describeHost(host),
    notes: [...host.notes, ...run.pool.shutOut.map((account) => `given account not let in: ${account}`)],
    seconds,
    candidates: host.candidates.map(({ endpoint, origin, outcome, detail }) => ({
      service: endpoint.service,
      place: `${endpoint.name}:${endpoint.port}`,
      origin,
      outcome,
      ...(detail === undefined ? {} : { detail }),
    })),
    ...(roundTrip === undefined ? {} : { roundTrip }),
    implementation: { ...implementation, evidence: [...implementation.evidence] },
    ...(diagnosis.length === 0 ? {} : { diagnosis: [...diagnosis] }),
    spent: {
      freshAccounts: run.pool.fresh,
      reusedAccounts: run.pool.reused,
      messages: run.spending.messages + run.spending.confirmations,
      connections: run.spending.connections,
    },
    budget: { ...plan.budget },
  }
}
