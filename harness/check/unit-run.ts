// Runs one unit of a plan: lease, run, decide, one rerun of what did not hold, release.
import type { Requirement } from '../../catalogue/types.ts'
import { Transcript, type TranscriptLine } from '../clients/transcript.ts'
import { WireError } from '../host/wire-error.ts'
import type { Finding, Observation } from '../result/schema.ts'
import type { Lease } from './account-pool.ts'
import { type Measured, RunningContext } from './context.ts'
import type { HostRun } from './host-run.ts'
import type { Unit } from './plan.ts'
import { ExpectationRecorder } from './recorder.ts'
import { deriveSeed } from './seed.ts'
import type { CheckMeta } from './types.ts'
import { type Decision, decideOnce, decideTwice, type RunRecord } from './verdict.ts'

/** From which host to which a check goes that needs two. */
export interface Direction {
  readonly from: HostRun
  readonly to: HostRun
}

export interface UnitRunOptions {
  /** The host that the findings are about. */
  readonly run: HostRun
  readonly direction?: Direction
  readonly catalogue: Readonly<Record<string, Requirement>>
  readonly seed: number
  /** Most accounts that the pool should hold. */
  readonly poolSize: number
  readonly interrupt: AbortSignal
  /** Overrides each check's own deadline, ms. */
  readonly deadline?: number
  readonly evidence: 'failures' | 'all' | 'none'
  /** Monotonic ms of the start of the run. */
  readonly startedAt: number
}

/** `federation/delivers@a.example>b.example` */
function directed(id: string, { from, to }: Direction): string {
  return `${id}@${from.host.domain}>${to.host.domain}`
}

/** The id of the check itself, without a direction. */
export function checkOf(id: string): string {
  return id.replace(/@.*$/, '')
}

export interface UnitOutcome {
  readonly findings: readonly Finding[]
  readonly observations: readonly Observation[]
  readonly measurements: readonly Measured[]
}

/** What one try left behind for one member. */
interface Trace {
  readonly decision: Decision
  readonly recorder: ExpectationRecorder
  readonly evidence: readonly TranscriptLine[]
}

/** Long after its deadline a check that ignores its signal is left behind. */
const graceMs = 1_500

const evidenceLines = 400

export async function runUnit(unit: Unit, options: UnitRunOptions): Promise<UnitOutcome> {
  const started = performance.now()
  const first = await tryUnit(unit, unit.members, 0, options)
  const again = unit.members.filter((member) => first.traces.get(member.id)?.decision.rerun)
  const second = again.length > 0 && !options.interrupt.aborted ? await tryUnit(unit, again, 1, options) : undefined
  const duration = performance.now() - started

  const findings: Finding[] = []
  const observations: Observation[] = []
  for (const member of unit.members) {
    const one = first.traces.get(member.id)
    const two = second?.traces.get(member.id)
    if (!one) continue
    const last = two ?? one
    if (member.observes) {
      const id = options.direction ? directed(member.id, options.direction) : member.id
      observations.push(...observed({ ...member, id }, last, options.run.host.label))
      if (last.decision.verdict !== 'error') continue
    }
    const decision = two ? decideTwice(one.decision, two.decision) : one.decision
    // A fault seen once only is best shown by the try that saw it.
    const shown = two && one.decision.verdict === 'fail' && two.decision.verdict !== 'fail' ? one : last
    findings.push(toFinding(member, unit, decision, shown, two ? 2 : 1, started - options.startedAt, duration, options))
  }
  // A second try that measures nothing leaves what the first one measured.
  const measured = [second, first].find((one) => one !== undefined && one.measurements.length > 0)
  return { findings, observations, measurements: measured?.measurements ?? [] }
}

async function tryUnit(unit: Unit, members: readonly CheckMeta[], attempt: number, options: UnitRunOptions) {
  const { run, interrupt } = options
  const transcript = new Transcript()
  const own = options.direction?.from ?? run
  const other = options.direction?.to
  let leases: readonly Lease[] = []
  let others: readonly Lease[] = []
  let leaseTrouble: { error: unknown } | undefined
  const needed = unit.needs.accounts ?? 0
  const neededThere = other ? (unit.needs.partnerAccounts ?? 0) : 0
  if (needed + neededThere > 0) {
    const patience = AbortSignal.any([interrupt, AbortSignal.timeout(own.host.timing.check * 2)])
    try {
      if (needed > 0) leases = await own.pool.lease(needed, options.poolSize, patience, unit.needs.ordinaryAccounts)
      if (neededThere > 0) others = (await other?.pool.lease(neededThere, options.poolSize, patience)) ?? []
    } catch (error) {
      leaseTrouble = { error }
    }
  }
  const deadline = AbortSignal.timeout(options.deadline ?? unit.needs.deadline ?? own.host.timing.check)
  const signal = AbortSignal.any([interrupt, deadline])
  for (const lease of [...leases, ...others]) transcript.hide(lease.account.password)
  const context = new RunningContext({
    run: own,
    ...(other ? { partner: { run: other, leases: others } } : {}),
    line: { signal, transcript },
    leases,
    seed: deriveSeed(options.seed, unit.id, attempt),
    confirming: attempt > 0,
  })
  let ended: { error: unknown } | undefined = leaseTrouble
  if (!ended) {
    try {
      await untilAborted(unit.run(context, members), signal)
    } catch (error) {
      ended = { error }
    }
  }
  await context[Symbol.asyncDispose]()
  if (!other) run.listener.hear(transcript.lines)
  await own.pool.release(leases, signal.aborted)
  await other?.pool.release(others, signal.aborted)

  const single = unit.members.length === 1 && context.members.size === 0
  const marks = [...context.marks.entries()]
  const traces = new Map<string, Trace>()
  for (const member of members) {
    const recorder = single ? context : (context.members.get(member.id) ?? new ExpectationRecorder())
    const expectations = single ? context.expectations : [...context.expectations, ...recorder.expectations]
    const record: RunRecord = {
      expectations,
      ...(ended ? { ended: ended.error } : {}),
      left: recorder.left,
      timedOut: deadline.aborted && !interrupt.aborted,
      interrupted: interrupt.aborted && ended !== undefined,
    }
    const level = options.catalogue[member.requirement]?.level ?? 'must'
    const decision = member.observes ? decideObservation(record) : decideOnce(record, level)
    const at = marks.findIndex(([id]) => id === member.id)
    const lines = at < 0 ? transcript.lines : transcript.lines.slice(marks[at]?.[1], marks[at + 1]?.[1])
    traces.set(member.id, { decision, recorder: withExpectations(recorder, expectations, context), evidence: lines })
  }
  return { traces, measurements: context.measurements }
}

/** An observation judges nothing; only our own trouble shows. */
function decideObservation(record: RunRecord): Decision {
  if (record.ended === undefined || record.interrupted || record.timedOut || isTroubleOfTheScene(record.ended))
    return { verdict: 'pass' }
  return decideOnce({ ...record, expectations: [] }, 'may')
}

function isTroubleOfTheScene(error: unknown): boolean {
  return (
    error instanceof WireError ||
    (error instanceof Error &&
      ['ControlUnmet', 'Unsupported', 'Undecided', 'Throttled', 'BudgetSpent', 'PeerLacks'].includes(error.name))
  )
}

function withExpectations(
  recorder: ExpectationRecorder,
  expectations: ExpectationRecorder['expectations'],
  context: ExpectationRecorder,
) {
  const joined = new ExpectationRecorder()
  joined.expectations.push(...expectations)
  joined.notes.push(...new Set([...context.notes, ...recorder.notes]))
  joined.observed = recorder.observed
  return joined
}

function observed(member: CheckMeta, trace: Trace, host: string): Observation[] {
  const value = trace.recorder.observed
  if (!value) return []
  return [{ id: member.id, host, title: member.title, ...value }]
}

function toFinding(
  member: CheckMeta,
  unit: Unit,
  decision: Decision,
  trace: Trace,
  runs: number,
  started: number,
  duration: number,
  options: UnitRunOptions,
): Finding {
  const requirement = options.catalogue[member.requirement]
  const failing = decision.verdict !== 'pass' && decision.verdict !== 'skipped'
  const keep = options.evidence === 'all' || (options.evidence === 'failures' && failing)
  return {
    check: options.direction ? directed(member.id, options.direction) : member.id,
    requirement: member.requirement,
    area: unit.area,
    level: requirement?.level ?? 'must',
    title: member.title,
    host: options.run.host.label,
    verdict: decision.verdict,
    ...(decision.skipped === undefined ? {} : { skipped: decision.skipped }),
    ...(decision.skipped === 'later' ? { missing: 'time' as const } : {}),
    ...(decision.reason === undefined ? {} : { reason: decision.reason }),
    ...(requirement && failing ? { why: requirement.why } : {}),
    expectations: trace.recorder.expectations,
    evidence: keep ? trace.evidence.slice(-evidenceLines).map((line) => ({ ...line })) : [],
    notes: trace.recorder.notes,
    started: Math.round(started),
    duration: Math.round(duration),
    runs,
  }
}

/** The work's end, or the signal's plus a grace: a check that does not listen cannot hold the run. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let onAbort: (() => void) | undefined
  const left = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(new WireError('aborted', 'check', 'the check did not stop in time')), graceMs)
    }
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    await Promise.race([work, left])
  } finally {
    clearTimeout(timer)
    if (onAbort) signal.removeEventListener('abort', onAbort)
  }
}
