// A whole load run: reads the scenario, says what it will cost, prepares accounts and messages, lets the threads go, watches,
// and judges. Used by the command line.
import type { Host } from '../../host/host.ts'
import type { LoadMoment } from '../../result/load-moment.ts'
import { calibrationGate } from '../calibration/gate.ts'
import type { LoadAccount } from '../chatmail/assets.ts'
import type { Consent } from '../chatmail/consent.ts'
import type { KnownNeeds } from '../chatmail/needs.ts'
import { type Summary, summarize } from '../metrics/summary.ts'
import { summaryData } from '../modules/handle-summary.ts'
import { lengthOfPlan, OptionsError, type Plan } from '../schedule/scenario-options.ts'
import type { Segment } from '../schedule/segment.ts'
import type { FromThread, OwnSummary } from '../thread/protocol.ts'
import { judge, readThresholds, type ThresholdVerdict } from '../thresholds/thresholds.ts'
import { knownAccounts, remember } from './accounts.ts'
import type { LoadFlags } from './flags.ts'
import { inTime } from './in-time.ts'
import { Intake } from './intake.ts'
import { mostIterations } from './most-iterations.ts'
import { neededVus, numbersOfVus } from './needed-vus.ts'
import { orderOf } from './order.ts'
import type { SeriesRecord } from './over-time.ts'
import { placesOn, prepareAssets, serversOf } from './prepare-assets.ts'
import { ThreadHandle } from './thread-handle.ts'
import { mostUtilization, type ValidityGate, validityOf } from './validity.ts'
import { type Wish, watchRun } from './watch-run.ts'

export interface LoadRunOptions {
  /** Of the scenario file. */
  readonly url: string
  readonly host: Host
  /** The second server, for a scenario in which mail goes from one to another. */
  readonly peer?: Host
  readonly consent: Consent
  readonly flags: LoadFlags
  readonly env: Readonly<Record<string, string>>
  readonly threads: number
  /** The share of the run that is ours; all of it when absent. */
  readonly segment?: Segment | undefined
  /** When more messages than these are on their way at once, after ten seconds, the run ends: more of it would say nothing new. */
  readonly mostOnTheirWay?: number
  readonly signal: AbortSignal
  readonly say: (text: string) => void
  /** What it will cost, before anything of it is done. */
  readonly onBudget: (budget: LoadBudget) => void
  /** Once a second while it runs. */
  readonly onMoment: (moment: LoadMoment, elapsed: number, length: number) => void
}

export interface LoadBudget {
  readonly virtualUsers: number
  /** Of each server, in order: accounts that are kept, and how many of them are known from earlier runs. */
  readonly servers: readonly { readonly accounts: number; readonly reused: number }[]
  /** Accounts that iterations make on top of these, at most; undefined when nobody knows how many. */
  readonly signUps: number | undefined
  /** Most connections at the same time. */
  readonly connections: number
  /** Milliseconds until no iteration begins. */
  readonly length: number
}

export type LoadVerdict = 'pass' | 'fail' | 'invalid' | 'interrupted' | 'aborted'

export interface LoadOutcome {
  readonly verdict: LoadVerdict
  /** Why it ended before its time. */
  readonly stopped: string | undefined
  readonly began: Date
  readonly seconds: number
  readonly threads: number
  readonly budget: LoadBudget
  readonly plans: readonly Plan[]
  readonly thresholds: readonly ThresholdVerdict[]
  readonly validity: readonly ValidityGate[]
  readonly metrics: Summary
  /** Why the scenario file says that the run has failed: `exec.test.fail()`. */
  readonly marked: string | undefined
  /** Of a file that has handleSummary. */
  readonly ownSummary: OwnSummary | undefined
  /** What iterations threw, and how often. */
  readonly errors: readonly { readonly message: string; readonly count: number }[]
  /** What the server said when it did not take a message, and how often. */
  readonly refusals: readonly { readonly message: string; readonly count: number }[]
  readonly interruptedIterations: number
  readonly series: SeriesRecord
}

/** Milliseconds after which a scenario file will never have been read. */
const slowestReading = 60_000
/** Throws OptionsError, ThresholdError, ThreadFailed, ConsentMissing, AccountsMissing. */
export async function runLoad(options: LoadRunOptions): Promise<LoadOutcome> {
  const lengths = Array.from({ length: options.threads }, () => 1)
  const share = options.segment === undefined ? {} : { within: options.segment }
  const segments = lengths.map((_, index): Segment => ({ lengths, index, ...share }))
  const intake = new Intake(options.threads)
  const errors = new Map<string, number>()
  const refusals = new Map<string, number>()
  const wish: Wish = {}
  const made: LoadAccount[] = []
  const onNews = (thread: number) => (message: FromThread) => {
    if (message.kind === 'batch') intake.take(thread, message.batch)
    else if (message.kind === 'threw') errors.set(message.message, (errors.get(message.message) ?? 0) + message.count)
    else if (message.kind === 'refused')
      refusals.set(message.message, (refusals.get(message.message) ?? 0) + message.count)
    else if (message.kind === 'account') made.push(message.account)
    else if (message.kind === 'fail') wish.failed ??= message.reason
    else if (message.kind === 'abort') {
      wish.reason ??= message.reason
      wish.heard?.()
    }
  }
  const { url, env } = options
  const threads = segments.map((segment, index) => new ThreadHandle({ url, env, segment }, onNews(index)))
  try {
    return await runThreads(options, { threads, segments, intake, errors, refusals, wish })
  } finally {
    await Promise.all(threads.map((thread) => thread.end()))
    await remember(options.host, made)
  }
}

interface Parts {
  readonly threads: readonly ThreadHandle[]
  readonly segments: readonly Segment[]
  readonly intake: Intake
  readonly errors: ReadonlyMap<string, number>
  readonly refusals: ReadonlyMap<string, number>
  readonly wish: Wish
}

async function runThreads(options: LoadRunOptions, parts: Parts): Promise<LoadOutcome> {
  const { threads, segments, intake } = parts
  const loaded = Promise.all(threads.map((thread) => thread.hear('loaded')))
  const [first] = await inTime(loaded, slowestReading, 'reading the scenario file')
  if (first === undefined) throw new Error('a run needs a thread')
  const { needs } = first
  const { scenario, plans, thresholds: wanted } = orderOf(first, options.flags)
  const thresholds = readThresholds(wanted, intake.registry)
  const virtualUsers = segments.reduce((sum, segment) => sum + neededVus(plans, segment), 0)
  const users = numbersOfVus(plans, segments)
  const budget: LoadBudget = {
    virtualUsers,
    ...(needs === undefined ? { servers: [], signUps: 0 } : await accountsFor(options, needs, plans, users.length)),
    // One for each account, idling or sending; or the one of a new account.
    connections: needs === undefined ? 0 : virtualUsers * Math.max(1, needs.accounts),
    length: Math.max(...plans.map((plan) => plan.startTime + lengthOfPlan(plan))),
  }
  options.onBudget(budget)
  const assets = needs === undefined ? undefined : await prepareAssets(options, needs, users)
  for (const [at, thread] of threads.entries()) {
    const vus = neededVus(plans, segments[at] ?? { lengths: [1], index: 0 })
    thread.tell({ kind: 'prepare', plans, tags: scenario.tags, assets, vus })
  }
  const ready = Promise.all(threads.map((thread) => thread.hear('ready')))
  await inTime(ready, slowestReading + 100 * virtualUsers, 'reading the scenario file for every virtual user')
  const setupData = first.functions.includes('setup') ? await setUp(threads, scenario.setupTimeout) : undefined
  const began = new Date()
  const watched = await watchRun({
    threads,
    intake,
    wish: parts.wish,
    thresholds,
    setupData,
    signal: options.signal,
    mostOnTheirWay: options.mostOnTheirWay,
    onMoment: (moment, elapsed) => options.onMoment(moment, elapsed, budget.length),
  })
  if (first.functions.includes('teardown')) await tearDown(threads, setupData, scenario.teardownTimeout)
  const verdicts = thresholds.map((threshold) => judge(threshold, watched.elapsed))
  const metrics = summarize(intake.registry, verdicts, watched.elapsed)
  const ownSummary = first.functions.includes('handleSummary')
    ? await summarizeBy(threads, summaryData(metrics, watched.elapsed, first.options, setupData))
    : undefined
  const isEnded = options.signal.aborted || parts.wish.reason !== undefined
  const series = intake.overTime.series(watched.elapsed / 1_000)
  const validity = [...validityOf(intake.registry, { sockets: budget.connections, processors: watched.processors })]
  if (assets !== undefined && !isEnded && validity.every(({ holds }) => holds)) {
    // The figure is to be that of threads which have the machine for themselves.
    await Promise.all(threads.map((thread) => thread.end()))
    const utilization = mostUtilization(intake.registry)
    const driven = { series, threads: threads.length, utilization, pool: assets.pool, say: options.say }
    const gate = await calibrationGate(driven)
    if (gate !== undefined) validity.push(gate)
  }
  return {
    verdict: verdictOf(options.signal.aborted, parts.wish, validity, verdicts, watched.stopped),
    stopped: watched.stopped,
    began,
    seconds: watched.elapsed / 1_000,
    threads: threads.length,
    budget,
    plans,
    thresholds: verdicts,
    validity,
    metrics,
    marked: parts.wish.failed,
    ownSummary,
    errors: [...parts.errors].map(([message, count]) => ({ message, count })),
    refusals: [...parts.refusals].map(([message, count]) => ({ message, count })),
    interruptedIterations: watched.interrupted,
    series,
  }
}

function verdictOf(
  interrupted: boolean,
  wish: Wish,
  validity: readonly ValidityGate[],
  thresholds: readonly ThresholdVerdict[],
  stopped: string | undefined,
): LoadVerdict {
  if (interrupted) return 'interrupted'
  if (wish.reason !== undefined) return 'aborted'
  if (validity.some(({ holds }) => !holds)) return 'invalid'
  if (wish.failed !== undefined) return 'fail'
  return stopped !== undefined || thresholds.some(({ verdict }) => verdict !== 'pass') ? 'fail' : 'pass'
}

async function accountsFor(options: LoadRunOptions, needs: KnownNeeds, plans: readonly Plan[], users: number) {
  const hosts = serversOf(options, needs)
  if (needs.signUps > 0 && !options.host.accounts.mayCreate) {
    throw new OptionsError('it makes new accounts, and none may be made beside those given')
  }
  const wanted = hosts.map((_, at) => users * placesOn(at, hosts.length, needs.accounts))
  const known = await Promise.all(hosts.map((host, at) => knownAccounts(host, wanted[at] ?? 0)))
  return {
    servers: wanted.map((accounts, at) => ({ accounts, reused: known[at] ?? 0 })),
    signUps: needs.signUps === 0 ? 0 : mostIterations(plans, needs.signUps),
  }
}

async function setUp([first]: readonly ThreadHandle[], atMost: number): Promise<unknown> {
  if (first === undefined) return undefined
  first.tell({ kind: 'setup' })
  return (await inTime(first.hear('setup-done'), atMost, 'setup')).data
}

async function tearDown([first]: readonly ThreadHandle[], setupData: unknown, atMost: number): Promise<void> {
  if (first === undefined) return
  first.tell({ kind: 'teardown', setupData })
  await inTime(first.hear('teardown-done'), atMost, 'teardown')
}

async function summarizeBy([first]: readonly ThreadHandle[], data: unknown): Promise<OwnSummary | undefined> {
  if (first === undefined) return undefined
  first.tell({ kind: 'summarize', data })
  const late = { summary: { error: `it took more than ${slowestReading / 1_000} s` } }
  return (await inTime(first.hear('summarized'), slowestReading, 'handleSummary').catch(() => late)).summary
}
