// A whole search for the capacity of a server: makes accounts, lets load runs of one rate after another go until the search is done,
// with a rest between, and then tries other kinds of use. Used by the command line.

import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Host } from '../host/host.ts'
import type { LoadAccount } from '../load/chatmail/assets.ts'
import type { Consent } from '../load/chatmail/consent.ts'
import { AccountsMissing, knownAccounts, prepareAccounts } from '../load/run/accounts.ts'
import { makePool } from '../load/run/pool.ts'
import { endpointsOf } from '../load/run/prepare-assets.ts'
import { runLoad } from '../load/run/run.ts'
import { withoutAddresses } from '../load/thread/word-tally.ts'
import type { LoadMoment } from '../result/load-moment.ts'
import type { Sampler } from '../sampling/open-sampler.ts'
import { type JudgedStep, judgeStep, mostOnTheirWay } from './judge-step.ts'
import { LoneMessage } from './lone-message.ts'
import { probeIdle } from './probes/idle.ts'
import { probeLogins } from './probes/logins.ts'
import { probeThroughput } from './probes/throughput.ts'
import type { ProbeContext, Probed } from './probes/types.ts'
import { type Next, nextStep, type Purpose, type SearchOptions } from './search.ts'
import { NotLetIn } from './sessions.ts'
import { type ServerUsage, serverUsage } from './usage.ts'

/** How the messages of a step are paced. */
export interface Pace {
  /** Of a session. */
  readonly messages: number
  /** Milliseconds from one to the next. */
  readonly every: number
}

export interface CapacityOptions {
  /** Of the scenario `steady`. */
  readonly url: string
  readonly host: Host
  readonly consent: Consent
  readonly search: SearchOptions
  /** Seconds in which sessions of a step begin. */
  readonly seconds: number
  readonly pace: Pace
  readonly threads: number
  /** Seconds for each of the other kinds of use, and idling connections to hold at most; 0: leave them out. */
  readonly probes: { readonly seconds: number; readonly idle: number }
  readonly sampler: Sampler | undefined
  readonly signal: AbortSignal
  readonly say: (text: string) => void
  readonly onStep: (next: Extract<Next, { kind: 'try' }>, number: number) => void
  readonly onStepDone: (step: Step) => void
  readonly onMoment: (moment: LoadMoment, elapsed: number, length: number) => void
}

export interface Step extends JudgedStep {
  readonly purpose: Purpose
  readonly rate: number
  readonly seconds: number
  /** Seconds since the search began. */
  readonly at: number
  /** Share of this machine's processors that driving it took. */
  readonly driverCpu: number
  readonly server?: ServerUsage
  readonly said: readonly Words[]
}

export interface CapacityOutcome {
  readonly steps: readonly Step[]
  readonly bracket: Extract<Next, { kind: 'done' }>['bracket']
  readonly ended: Extract<Next, { kind: 'done' }>['ended'] | 'accounts' | 'no-rest' | 'interrupted'
  readonly confirmed: boolean
  readonly probed: readonly Probed[]
  readonly accounts: { readonly used: number; readonly made: number }
  /** Milliseconds of a message on the server at rest. */
  readonly idleLatency: number | undefined
  readonly notes: readonly string[]
  /** Of all that was sampled: when the search began, on the clock of the sampler. */
  readonly began: number
}

/** Milliseconds that a server gets to come to rest. */
const restAtMost = 120_000
/** Milliseconds after which a message counts as lost. */
const patience = 10_000

/** Virtual users for a rate: each has a session of so many messages, and its time to log in and to wait for what is late. */
export function usersFor(rate: number, { messages, every }: Pace): number {
  const seconds = (messages * every) / 1_000
  return Math.ceil((rate / messages) * (seconds + 1.5)) + 2
}

/** Throws AccountsMissing, ConsentMissing, OptionsError, WireError and ThreadFailed before the first step has been taken. */
export async function runCapacity(options: CapacityOptions): Promise<CapacityOutcome> {
  const search = new CapacitySearch(options)
  try {
    await search.begin()
    await search.steps()
    if (options.probes.seconds > 0 && search.atRest) await search.probes()
  } catch (error) {
    if (!options.signal.aborted) throw error
    search.interrupted()
  }
  return search.outcome()
}

class CapacitySearch {
  readonly #options: CapacityOptions
  readonly #began = performance.now()
  readonly #steps: Step[] = []
  readonly #probed: Probed[] = []
  readonly #notes: string[] = []
  readonly #runId = randomBytes(6).toString('hex')
  #accounts: readonly LoadAccount[] = []
  #made = 0
  #idleLatency: number | undefined
  #lone: LoneMessage | undefined
  /** Comes down when there are no more accounts. */
  #most: number
  #end: { readonly ended: CapacityOutcome['ended']; readonly confirmed: boolean } | undefined

  constructor(options: CapacityOptions) {
    this.#options = options
    this.#most = options.search.most
  }

  async begin(): Promise<void> {
    const { host } = this.#options
    await this.#prepare(2 * usersFor(Math.min(this.#options.search.from, this.#most), this.#options.pace))
    const [writer, reader] = this.#accounts
    const [body] = await makePool(host.domain)
    if (writer === undefined || reader === undefined || body === undefined)
      throw new AccountsMissing('two accounts are needed')
    this.#lone = new LoneMessage(this.#place(), body, [writer, reader])
    try {
      this.#idleLatency = await this.#lone.measureIdle()
    } catch (error) {
      if (!(error instanceof NotLetIn)) throw error
      throw new AccountsMissing(`${host.label} does not let its accounts in: ${error.message}`)
    }
  }

  async steps(): Promise<void> {
    const { search } = this.#options
    for (;;) {
      const next = nextStep(this.#steps, { ...search, most: this.#most })
      if (next.kind === 'done') {
        const cut = this.#most < search.most && next.ended === 'most'
        this.#end = { ended: cut ? 'accounts' : next.ended, confirmed: next.confirmed }
        return
      }
      if (!(await this.#enoughAccounts(next.rate))) continue
      if ((await this.#lone?.rested(restAtMost)) === false) {
        this.#notes.push(`the server did not come to rest within ${restAtMost / 1_000} s: no more rates were tried`)
        this.#end = { ended: 'no-rest', confirmed: false }
        return
      }
      this.#options.onStep(next, this.#steps.length + 1)
      const step = await this.#step(next.rate, next.purpose)
      this.#steps.push(step)
      this.#options.onStepDone(step)
    }
  }

  /** False: the most that there are accounts for is now known to be less. */
  async #enoughAccounts(rate: number): Promise<boolean> {
    const highest = Math.max(0, ...this.#steps.map((step) => step.rate))
    try {
      await this.#prepare(2 * usersFor(rate, this.#options.pace))
      return true
    } catch (error) {
      if (!(error instanceof AccountsMissing) || highest === 0 || highest >= rate) throw error
      this.#notes.push(`no accounts for more than ${highest} messages a second: ${error.message}`)
      this.#most = highest
      return false
    }
  }

  async #step(rate: number, purpose: Purpose): Promise<Step> {
    const { url, host, consent, seconds, pace, threads, signal, say, onMoment, sampler } = this.#options
    // What the run itself took, without what comes before it and after it.
    const moments: { readonly at: number; readonly cpu: NodeJS.CpuUsage }[] = []
    let loaded = performance.now()
    const outcome = await runLoad({
      url,
      host,
      consent,
      flags: { rate, duration: `${seconds}s`, vus: usersFor(rate, pace) },
      env: { MESSAGES: String(pace.messages), EVERY: String(pace.every), PATIENCE: String(patience) },
      threads,
      mostOnTheirWay: mostOnTheirWay(rate),
      signal,
      say,
      onBudget: () => {},
      onMoment(moment, elapsed, length) {
        loaded = performance.now() - elapsed
        moments.push({ at: performance.now(), cpu: process.cpuUsage() })
        onMoment(moment, elapsed, length)
      },
    })
    signal.throwIfAborted()
    const server = sampler && serverUsage(sampler.readings(), loaded, loaded + 1_000 * outcome.seconds)
    return {
      purpose,
      rate,
      seconds: outcome.seconds,
      at: (loaded - this.#began) / 1_000,
      ...judgeStep(rate, outcome),
      driverCpu: shareOf(moments),
      ...(server === undefined ? {} : { server }),
      said: tally([...outcome.refusals, ...outcome.errors]),
    }
  }

  /** Undisturbed enough for other kinds of use. */
  get atRest(): boolean {
    return this.#end?.ended !== 'no-rest'
  }

  async probes(): Promise<void> {
    const { host, sampler, probes } = this.#options
    const [body] = await makePool(host.domain)
    if (body === undefined) return
    const context: ProbeContext = {
      ...this.#place(),
      accounts: this.#accounts,
      body,
      resident: () => sampler?.readings().at(-1)?.resident,
    }
    const tries: readonly (() => Promise<readonly Probed[]>)[] = [
      async () => [await probeLogins(context, probes.seconds)],
      () => probeIdle(context, probes.idle),
      async () => [await probeThroughput(context, probes.seconds)],
    ]
    for (const attempt of tries) {
      await this.#lone?.rested(restAtMost)
      this.#probed.push(...(await attempt()))
    }
  }

  interrupted(): void {
    this.#end ??= { ended: 'interrupted', confirmed: false }
  }

  outcome(): CapacityOutcome {
    const next = nextStep(this.#steps, { ...this.#options.search, most: this.#most, mostSteps: 0 })
    const none = { holds: 0, givesWay: undefined, spread: 0 }
    return {
      steps: this.#steps,
      bracket: next.kind === 'done' && this.#steps.length > 0 ? next.bracket : none,
      ...(this.#end ?? { ended: 'interrupted', confirmed: false }),
      probed: this.#probed,
      accounts: { used: this.#accounts.length, made: this.#made },
      idleLatency: this.#idleLatency,
      notes: this.#notes,
      began: this.#began,
    }
  }

  #place() {
    const { host, consent, signal } = this.#options
    return { host, ...endpointsOf(host), consent, signal, runId: this.#runId }
  }

  /** Has so many accounts ready. The first of a host where none were known tell how fast it makes them. */
  async #prepare(count: number): Promise<void> {
    if (this.#accounts.length >= count) return
    const { host, consent, signal, say } = this.#options
    const known = await knownAccounts(host, count)
    const began = performance.now()
    this.#accounts = await prepareAccounts({ host, imap: endpointsOf(host).imap, consent, signal, say }, count)
    const made = count - known
    this.#made += made
    if (known > 0 || made < 4) return
    const value = made / ((performance.now() - began) / 1_000)
    const note = `${made} were made, 4 at a time: slowly on purpose, a lower bound`
    this.#probed.push({ name: 'accounts', value, unit: '1/s', note })
  }
}

type Words = { readonly message: string; readonly count: number }

/** What was said to one account and to another is the same. */
function tally(all: readonly Words[]): readonly Words[] {
  const counts = new Map<string, number>()
  for (const { message, count } of all) {
    const words = withoutAddresses(message)
    counts.set(words, (counts.get(words) ?? 0) + count)
  }
  return [...counts].map(([message, count]) => ({ message, count }))
}

/** Of all processors of this machine, between the first and the last moment. */
function shareOf(moments: readonly { readonly at: number; readonly cpu: NodeJS.CpuUsage }[]): number {
  const [first] = moments
  const last = moments.at(-1)
  if (first === undefined || last === undefined || last.at <= first.at) return 0
  const micros = last.cpu.user + last.cpu.system - first.cpu.user - first.cpu.system
  return micros / (1_000 * (last.at - first.at) * availableParallelism())
}
