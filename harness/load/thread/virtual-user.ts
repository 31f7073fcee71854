// One virtual user: the exports of its own copy of the scenario file, what it is doing now, and the tags of its samples.
// Used by the engine, and by the modules that the scenario file imports.
import type { Start } from '../executors/desk.ts'
import type { Plan } from '../schedule/scenario-options.ts'
import { timeNow } from './clock.ts'
import type { Recorder } from './recorder.ts'

type Tags = Record<string, string>

/** A scenario that is running in this thread. */
export interface Activity {
  readonly plan: Plan
  readonly began: number
  /** Iterations of it in this thread so far. */
  iterations: number
  /** Share of its time that has passed, 0..1. */
  progress(): number
}

export interface Iteration {
  readonly activity: Activity
  readonly start: Start
  /** In the scenario, in this thread, from 0. */
  readonly numberHere: number
  /** Fires when it has to end. */
  readonly signal: AbortSignal
}

export class VirtualUser {
  /** From 1, over all threads; 0 while a file is only looked at. */
  readonly idInTest: number
  readonly idInThread: number
  readonly recorder: Recorder
  /** Of the process and the command line; those of the scenario come on top while it runs. */
  readonly env: Record<string, string> = {}
  /** Set by the scenario file itself; what changes here counts from the next sample on. */
  readonly ownTags: Tags
  /** Iterations begun so far. */
  iterations = 0
  readonly iterationsOf = new Map<string, number>()
  /** Metrics may be defined: the file is being read. */
  inInit = true
  iteration: Iteration | undefined
  /** Told the number of each iteration before it begins, from 0: `__ITER`. */
  readonly onIteration: ((number: number) => void)[] = []
  group = ''
  #baseTags: Tags = {}
  #series = new Map<string, number>()

  constructor(ids: { inTest: number; inThread: number }, recorder: Recorder) {
    this.idInTest = ids.inTest
    this.idInThread = ids.inThread
    this.recorder = recorder
    this.ownTags = new Proxy<Tags>(
      {},
      {
        set: (tags, name, value) => {
          this.#series.clear()
          return Reflect.set(tags, name, String(value))
        },
        deleteProperty: (tags, name) => {
          this.#series.clear()
          return Reflect.deleteProperty(tags, name)
        },
      },
    )
  }

  /** For the samples of a scenario from now on. */
  useTags(tags: Tags): void {
    this.#baseTags = tags
    this.#series.clear()
  }

  enterGroup(name: string): void {
    this.group = name
    this.#series.clear()
  }

  add(metric: string, value: number, tags?: Tags): void {
    if (tags !== undefined) {
      this.recorder.add(this.recorder.series(metric, { ...this.#tags(), ...tags }), value)
      return
    }
    let series = this.#series.get(metric)
    if (series === undefined) {
      series = this.recorder.series(metric, this.#tags())
      this.#series.set(metric, series)
    }
    this.recorder.add(series, value)
  }

  #tags(): Tags {
    const group = this.group === '' ? {} : { group: this.group }
    return { ...this.#baseTags, ...group, ...this.ownTags }
  }

  /** When the iteration was due, on the clock of all threads. */
  get due(): number {
    return this.iteration?.start.due ?? timeNow()
  }
}

/** What sessions of the chatmail module have of a virtual user, in whichever engine. */
export interface SessionUser extends Pick<VirtualUser, 'add' | 'due' | 'idInTest' | 'inInit'> {
  readonly iteration: Pick<Iteration, 'signal'> | undefined
  readonly recorder: Pick<Recorder, 'wasDue'>
}
