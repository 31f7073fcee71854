// A whole load run: reads the scenario, says what it will cost, prepares accounts and messages, lets the threads go, watches,
// and judges. Used by the command line.
import { randomBytes } from 'node:crypto'
import type { Endpoint, Host } from '../../host/host.ts'
import type { LoadAssets } from '../chatmail/assets.ts'
import { type Consent, demandConsent } from '../chatmail/consent.ts'
import { type Summary, summarize } from '../metrics/summary.ts'
import { lengthOfPlan, OptionsError, type Plan, readOptions } from '../schedule/scenario-options.ts'
import type { Segment } from '../schedule/segment.ts'
import { timeNow } from '../thread/clock.ts'
import type { FromThread } from '../thread/protocol.ts'
import {
  abortingThreshold,
  judge,
  readThresholds,
  type Threshold,
  type ThresholdOptions,
  type ThresholdVerdict,
} from '../thresholds/thresholds.ts'
import { knownAccounts, prepareAccounts } from './accounts.ts'
import { chatmailThresholds, engineThresholds } from './default-thresholds.ts'
import { applyFlags, type LoadFlags, thresholdsOfFlags } from './flags.ts'
import { Intake, type Moment } from './intake.ts'
import { highestVu, neededVus } from './needed-vus.ts'
import { makePool } from './pool.ts'
import { reasonToStop } from './stop-rules.ts'
import { ThreadHandle } from './thread-handle.ts'
import { type ValidityGate, validityOf } from './validity.ts'

export interface LoadRunOptions {
  /** Of the scenario file. */
  readonly url: string
  readonly host: Host
  readonly consent: Consent
  readonly flags: LoadFlags
  readonly env: Readonly<Record<string, string>>
  readonly threads: number
  readonly signal: AbortSignal
  readonly say: (text: string) => void
  /** What it will cost, before anything of it is done. */
  readonly onBudget: (budget: LoadBudget) => void
  /** Once a second while it runs. */
  readonly onMoment: (moment: Moment, elapsed: number, length: number) => void
}

export interface LoadBudget {
  readonly virtualUsers: number
  readonly accounts: number
  /** Of these, known from earlier runs. */
  readonly reused: number
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
  readonly seconds: number
  readonly threads: number
  readonly budget: LoadBudget
  readonly plans: readonly Plan[]
  readonly thresholds: readonly ThresholdVerdict[]
  readonly validity: readonly ValidityGate[]
  readonly metrics: Summary
  /** What iterations threw, and how often. */
  readonly errors: readonly { readonly message: string; readonly count: number }[]
  readonly interruptedIterations: number
}

const judgeEvery = 2_000
/** Milliseconds after which a scenario file will never have been read. */
const slowestReading = 60_000
/** Two sockets for each virtual user. */
const socketsPerVu = 2
/** A thread that does not end this long after it was told to, milliseconds. */
const patience = 10_000

/** Throws OptionsError, ThresholdError, ThreadFailed, ConsentMissing, AccountsMissing. */
export async function runLoad(options: LoadRunOptions): Promise<LoadOutcome> {
  const lengths = Array.from({ length: options.threads }, () => 1)
  const segments = lengths.map((_, index): Segment => ({ lengths, index }))
  const intake = new Intake(options.threads)
  const errors = new Map<string, number>()
  const wish: { reason?: string; heard?: () => void } = {}
  const onNews = (thread: number) => (message: FromThread) => {
    if (message.kind === 'batch') intake.take(thread, message.batch, timeNow())
    else if (message.kind === 'threw') errors.set(message.message, (errors.get(message.message) ?? 0) + message.count)
    else if (message.kind === 'abort') {
      wish.reason ??= message.reason
      wish.heard?.()
    }
  }
  const { url, env } = options
  const threads = segments.map((segment, index) => new ThreadHandle({ url, env, segment }, onNews(index)))
  try {
    return await runThreads(options, { threads, segments, intake, errors, wish })
  } finally {
    await Promise.all(threads.map((thread) => thread.end()))
  }
}

interface Parts {
  readonly threads: readonly ThreadHandle[]
  readonly segments: readonly Segment[]
  readonly intake: Intake
  readonly errors: ReadonlyMap<string, number>
  readonly wish: { reason?: string; heard?: () => void }
}

async function runThreads(options: LoadRunOptions, parts: Parts): Promise<LoadOutcome> {
  const { threads, segments, intake } = parts
  const loaded = Promise.all(threads.map((thread) => thread.hear('loaded')))
  const [first] = await inTime(loaded, slowestReading, 'reading the scenario file')
  if (first === undefined) throw new Error('a run needs a thread')
  const scenario = readOptions(first.options)
  const plans = applyFlags(scenario.plans, options.flags)
  for (const { name, exec } of plans) {
    if (!first.functions.includes(exec))
      throw new OptionsError(`options.scenarios.${name}: there is no function "${exec}"`)
  }
  const wanted: ThresholdOptions = {
    ...engineThresholds,
    ...(first.usesChatmail ? chatmailThresholds : {}),
    ...scenario.thresholds,
    ...thresholdsOfFlags(options.flags),
  }
  const thresholds = readThresholds(wanted, intake.registry)
  const virtualUsers = segments.reduce((sum, segment) => sum + neededVus(plans, segment), 0)
  const accounts = first.usesChatmail ? 2 * highestVu(plans, segments) : 0
  const budget: LoadBudget = {
    virtualUsers,
    accounts,
    reused: await knownAccounts(options.host, accounts),
    connections: first.usesChatmail ? socketsPerVu * virtualUsers : 0,
    length: Math.max(...plans.map((plan) => plan.startTime + lengthOfPlan(plan))),
  }
  options.onBudget(budget)
  const assets = first.usesChatmail ? await prepareAssets(options, accounts) : undefined
  for (const [at, thread] of threads.entries()) {
    const vus = neededVus(plans, segments[at] ?? { lengths: [1], index: 0 })
    thread.tell({ kind: 'prepare', plans, tags: scenario.tags, assets, vus })
  }
  const ready = Promise.all(threads.map((thread) => thread.hear('ready')))
  await inTime(ready, slowestReading + 100 * virtualUsers, 'reading the scenario file for every virtual user')
  const setupData = first.functions.includes('setup') ? await setUp(threads, scenario.setupTimeout) : undefined
  const watched = await letRun(options, parts, { thresholds, budget, setupData })
  if (first.functions.includes('teardown')) await tearDown(threads, setupData, scenario.teardownTimeout)
  const verdicts = thresholds.map((threshold) => judge(threshold, watched.elapsed))
  const validity = validityOf(intake.registry, budget.connections)
  return {
    verdict: verdictOf(options.signal.aborted, parts.wish.reason !== undefined, validity, verdicts, watched.stopped),
    stopped: watched.stopped,
    seconds: watched.elapsed / 1_000,
    threads: threads.length,
    budget,
    plans,
    thresholds: verdicts,
    validity,
    metrics: summarize(intake.registry, verdicts, watched.elapsed),
    errors: [...parts.errors].map(([message, count]) => ({ message, count })),
    interruptedIterations: watched.interrupted,
  }
}

function verdictOf(
  interrupted: boolean,
  aborted: boolean,
  validity: readonly ValidityGate[],
  thresholds: readonly ThresholdVerdict[],
  stopped: string | undefined,
): LoadVerdict {
  if (interrupted) return 'interrupted'
  if (aborted) return 'aborted'
  if (validity.some(({ holds }) => !holds)) return 'invalid'
  return stopped !== undefined || thresholds.some(({ verdict }) => verdict !== 'pass') ? 'fail' : 'pass'
}

async function prepareAssets(options: LoadRunOptions, count: number): Promise<LoadAssets> {
  const { host, consent, signal, say } = options
  const { imap, submission } = endpointsOf(host)
  for (const { address } of [imap, submission]) demandConsent(address, consent)
  return {
    runId: randomBytes(6).toString('hex'),
    submission,
    imap,
    trust: host.trust,
    timing: { connect: host.timing.connect, reply: host.timing.reply, arrival: 10_000 },
    consent,
    accounts: await prepareAccounts({ host, imap, consent, signal, say }, count),
    pool: await makePool(host.domain),
  }
}

/** Where load goes. Throws OptionsError when the host lacks one of them. */
export function endpointsOf({ endpoints, label }: Host): { readonly imap: Endpoint; readonly submission: Endpoint } {
  const imap = endpoints.imaps ?? endpoints.imap
  const submission = endpoints.submissions ?? endpoints.submission
  if (imap === undefined || submission === undefined) {
    throw new OptionsError(`${label} has no ${imap === undefined ? 'IMAP' : 'submission'} that could get load`)
  }
  return { imap, submission }
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

async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OptionsError(`${what} took more than ${ms / 1_000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

interface Watched {
  /** Milliseconds. */
  readonly elapsed: number
  readonly stopped: string | undefined
  readonly interrupted: number
}

/** From the beginning until every thread is done, or the run is stopped. */
async function letRun(
  options: LoadRunOptions,
  { threads, intake, wish }: Parts,
  { thresholds, budget, setupData }: { thresholds: readonly Threshold[]; budget: LoadBudget; setupData: unknown },
): Promise<Watched> {
  // A little ahead, so that all threads begin together.
  const at = timeNow() + 50
  const elapsed = () => Math.max(0, timeNow() - at)
  let stopped: string | undefined
  let giveUp: NodeJS.Timeout | undefined
  let impatient: (error: Error) => void = () => {}
  const stuck = new Promise<never>((_, reject) => {
    impatient = reject
  })
  const stop = (reason: string) => {
    if (stopped !== undefined) return
    stopped = reason
    for (const thread of threads) thread.tell({ kind: 'stop' })
    giveUp = setTimeout(() => impatient(new Error('a thread does not end')), patience)
  }
  const interrupted = () => stop('interrupted')
  wish.heard = () => stop(`the scenario ended the run: ${wish.reason}`)
  let moment = intake.moment(timeNow())
  const show = setInterval(() => {
    moment = intake.moment(timeNow())
    options.onMoment(moment, elapsed(), budget.length)
  }, 1_000)
  const watch = setInterval(() => {
    const breached = abortingThreshold(thresholds, elapsed())
    if (breached !== undefined) stop(`${breached.metric} ${breached.threshold} does not hold`)
    const reason = reasonToStop(intake.registry, moment)
    if (reason !== undefined) stop(`to spare the server: ${reason}`)
  }, judgeEvery)
  try {
    for (const thread of threads) thread.tell({ kind: 'begin', at, setupData })
    options.signal.addEventListener('abort', interrupted)
    if (options.signal.aborted) interrupted()
    else if (wish.reason !== undefined) wish.heard()
    const over = await Promise.race([Promise.all(threads.map((thread) => thread.hear('over'))), stuck])
    return { elapsed: elapsed(), stopped, interrupted: over.reduce((sum, one) => sum + one.interrupted, 0) }
  } finally {
    options.signal.removeEventListener('abort', interrupted)
    clearInterval(show)
    clearInterval(watch)
    clearTimeout(giveUp)
  }
}
