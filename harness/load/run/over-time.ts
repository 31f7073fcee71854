// A run over time: what happened in each second, and in wider stretches of a long run, merged so that there are never more than
// 600. Used by the intake.
import type { LoadPoint } from '../../result/load-schema.ts'
import { Spread } from '../metrics/spread.ts'

const mostPoints = 600
/** Seconds that are kept one by one, for what a person sees while it runs. */
const kept = 10

/** How many more messages are on their way after a stretch than before it. */
export function setOut({ due, received, failed, limited }: Pick<LoadPoint, 'due' | 'received' | 'failed' | 'limited'>) {
  return due - received - failed - limited
}

/** One stretch: counts, and how delays were spread. */
export class Stretch {
  due = 0
  sent = 0
  received = 0
  failed = 0
  limited = 0
  iterations = 0
  /** By thread: the latest. */
  readonly vus = new Map<number, number>()
  readonly delays = new Spread()
  readonly lag = new Spread()

  merge(other: Stretch): void {
    for (const name of ['due', 'sent', 'received', 'failed', 'limited', 'iterations'] as const)
      this[name] += other[name]
    for (const [thread, vus] of other.vus) this.vus.set(thread, vus)
    this.delays.merge(other.delays)
    this.lag.merge(other.lag)
  }
}

export interface SeriesRecord {
  /** Seconds of one point. */
  readonly every: number
  readonly points: readonly LoadPoint[]
}

export class OverTime {
  #began: number | undefined
  readonly #seconds = new Map<number, Stretch>()
  #points: Stretch[] = []
  #every = 1

  /** Milliseconds on the clock of all threads. */
  begin(at: number): void {
    this.#began = at
  }

  /** Where samples of that moment belong. */
  at(time: number): Stretch {
    // What is told while the run is prepared is no part of it.
    if (this.#began === undefined) return new Stretch()
    const second = Math.max(0, Math.floor((time - this.#began) / 1_000))
    const known = this.#seconds.get(second)
    if (known !== undefined) return known
    const latest = Math.max(second, ...this.#seconds.keys())
    // What comes so late goes where its second is already.
    if (second <= latest - kept) return this.#point(second)
    const stretch = new Stretch()
    this.#seconds.set(second, stretch)
    this.#mergeBefore(second - kept + 1)
    return stretch
  }

  /** The last ten seconds together, and how many that are. */
  latest(now: number): { readonly stretch: Stretch; readonly seconds: number } {
    const elapsed = Math.max(0, (now - (this.#began ?? now)) / 1_000)
    const first = Math.max(0, Math.floor(elapsed) - kept + 1)
    const stretch = new Stretch()
    for (const [second, one] of this.#seconds) if (second >= first) stretch.merge(one)
    return { stretch, seconds: elapsed - first }
  }

  /** How many messages were on their way when the last second but one was over: what came until then has been told by now. */
  onTheirWay(now: number): number {
    const over = Math.floor((now - (this.#began ?? now)) / 1_000) - 1
    const seconds = [...this.#seconds].filter(([second]) => second < over).map(([, stretch]) => stretch)
    return [...this.#points, ...seconds].reduce((open, stretch) => open + setOut(stretch), 0)
  }

  /** Of a run that has ended. `elapsed`: seconds. */
  series(elapsed: number): SeriesRecord {
    this.#mergeBefore(Number.POSITIVE_INFINITY)
    if (elapsed > 0) this.#point(Math.ceil(elapsed) - 1)
    let vus = new Map<number, number>()
    const points = this.#points.map((stretch, index): LoadPoint => {
      const { due, sent, received, failed, limited, iterations, delays, lag } = stretch
      // Threads tell it once a second, a little more or less.
      vus = new Map([...vus, ...stretch.vus])
      const end = (index + 1) * this.#every
      return {
        at: Number((end > elapsed && index === this.#points.length - 1 ? elapsed : end).toFixed(3)),
        ...{ due, sent, received, failed, limited, iterations },
        ...rounded('p50', delays.percentile(50)),
        ...rounded('p99', delays.percentile(99)),
        vus: [...vus.values()].reduce((sum, one) => sum + one, 0),
        ...rounded('lag', lag.percentile(99)),
      }
    })
    return { every: this.#every, points }
  }

  #mergeBefore(first: number): void {
    for (const [second, stretch] of this.#seconds) {
      if (second >= first) continue
      this.#seconds.delete(second)
      this.#point(second).merge(stretch)
    }
  }

  #point(second: number): Stretch {
    while (second >= mostPoints * this.#every) this.#widen()
    const index = Math.floor(second / this.#every)
    while (this.#points.length <= index) this.#points.push(new Stretch())
    return this.#points[index] as Stretch
  }

  #widen(): void {
    this.#every *= 2
    const narrow = this.#points
    this.#points = []
    for (const [index, stretch] of narrow.entries()) {
      if (index % 2 === 0) this.#points.push(stretch)
      else this.#points.at(-1)?.merge(stretch)
    }
  }
}

function rounded<K extends string>(name: K, value: number | undefined): { readonly [name in K]?: number } {
  return value === undefined ? {} : ({ [name]: Number(value.toPrecision(3)) } as { readonly [name in K]: number })
}
