// The virtual users of a thread, and the iterations that they run. Used by the engine.
import { isTurnedAway } from '../../clients/throttling.ts'
import type { Start } from '../executors/desk.ts'
import { TestAborted } from '../modules/execution.ts'
import type { ScenarioExports } from '../modules/load-scenario.ts'
import { timeNow } from './clock.ts'
import type { Activity, VirtualUser } from './virtual-user.ts'

/** Milliseconds in which an interrupted iteration has to come to its end; after that it is left to itself. */
const reaction = 1_000

type Exec = (data: unknown) => unknown

export interface Member {
  readonly vu: VirtualUser
  readonly exports: ScenarioExports
  controller: AbortController
  /** Its iteration was interrupted and has not ended: nobody else may have it. */
  stuck: boolean
  activity: Activity | undefined
  leave: (() => void) | undefined
  setupData: unknown
}

export interface CrewEvents {
  threw(error: unknown): void
}

export class Crew {
  readonly #members: readonly Member[]
  readonly #free: Member[]
  readonly #events: CrewEvents
  readonly #env: Readonly<Record<string, string>>
  completed = 0
  interrupted = 0
  active = 0

  constructor(
    users: readonly { readonly vu: VirtualUser; readonly exports: ScenarioExports }[],
    env: Readonly<Record<string, string>>,
    events: CrewEvents,
  ) {
    this.#members = users.map((user) => ({
      ...user,
      controller: new AbortController(),
      stuck: false,
      activity: undefined,
      leave: undefined,
      setupData: undefined,
    }))
    this.#free = [...this.#members]
    this.#env = env
    this.#events = events
  }

  /** What setup gave: each has its own copy, so that nothing is shared. */
  useSetupData(data: unknown): void {
    for (const member of this.#members) member.setupData = structuredClone(data)
  }

  get size(): number {
    return this.#members.length
  }

  /** The free one with the lowest number, so that the same accounts are used again. */
  take(): Member | undefined {
    const at = this.#free.findIndex(({ stuck }) => !stuck)
    return at === -1 ? undefined : this.#free.splice(at, 1)[0]
  }

  give(member: Member): void {
    const at = this.#free.findIndex(({ vu }) => vu.idInThread > member.vu.idInThread)
    this.#free.splice(at === -1 ? this.#free.length : at, 0, member)
  }

  run(member: Member, activity: Activity, tags: Record<string, string>, start: Start, over: () => void): void {
    const { vu } = member
    if (member.activity !== activity) this.#enter(member, activity, tags)
    const controller = new AbortController()
    member.controller = controller
    vu.iteration = { activity, start, numberHere: activity.iterations++, signal: controller.signal }
    for (const follow of vu.onIteration) follow(vu.iterations)
    vu.iterations++
    vu.iterationsOf.set(activity.plan.name, (vu.iterationsOf.get(activity.plan.name) ?? 0) + 1)
    this.active++
    const began = timeNow()
    let left = false
    const leave = () => {
      if (left) return
      left = true
      member.leave = undefined
      this.active--
      over()
    }
    member.leave = () => {
      this.interrupted++
      leave()
    }
    const ended = (error: unknown, threw: boolean) => {
      vu.iteration = undefined
      member.stuck = false
      if (left) return
      if (controller.signal.aborted || error instanceof TestAborted) this.interrupted++
      // One that a limit turned away is neither slow nor wrong: `limits_hit` counts it.
      else this.#record(vu, began, start.due, threw && !isTurnedAway(error))
      if (threw && !controller.signal.aborted && !(error instanceof TestAborted)) this.#events.threw(error)
      // Sessions that the scenario has left open end with the iteration.
      controller.abort(new Error('the iteration is over'))
      leave()
    }
    // Never at once: an executor is not to be called back before it has returned.
    Promise.resolve(member.setupData)
      .then(member.exports[activity.plan.exec] as Exec)
      .then(
        () => ended(undefined, false),
        (error: unknown) => ended(error, true),
      )
  }

  interrupt(member: Member): void {
    if (member.leave === undefined || member.controller.signal.aborted) return
    member.controller.abort(new Error('the iteration was ended'))
    const { leave } = member
    setTimeout(() => {
      if (member.leave !== leave) return
      member.stuck = true
      leave()
    }, reaction)
  }

  #enter(member: Member, activity: Activity, tags: Record<string, string>): void {
    const { vu } = member
    member.activity = activity
    for (const name of Object.keys(vu.env)) delete vu.env[name]
    Object.assign(vu.env, this.#env, activity.plan.env)
    vu.useTags(tags)
  }

  #record(vu: VirtualUser, began: number, due: number, threw: boolean): void {
    const now = timeNow()
    this.completed++
    vu.add('iterations', 1)
    vu.add('iteration_duration', now - began)
    vu.add('iteration_response', now - Math.min(due, began))
    vu.add('iteration_failed', threw ? 1 : 0)
  }
}
