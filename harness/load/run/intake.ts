// Takes in the batches of all threads: into the metrics of the run, and into what a person sees while it runs. Used by the run.
import { MetricRegistry, type Series } from '../metrics/registry.ts'
import type { Batch } from '../thread/recorder.ts'

/** Milliseconds that the figures of the moment look back. */
const window = 10_000

export interface Moment {
  /** Messages a second in the last ten: due and arrived. Of a scenario without messages: iterations begun and ended. */
  readonly offered: number
  readonly achieved: number
  /** Milliseconds from due to there; undefined without samples. */
  readonly p50: number | undefined
  readonly p99: number | undefined
  /** Since the beginning: what failed, was lost, doubled, leaked or damaged. */
  readonly errors: number
  /** Turned away by limits, since the beginning. */
  readonly limits: number
  /** p99 of how late this machine was in the last ten seconds, milliseconds. */
  readonly lag: number
}

interface Mark {
  readonly at: number
  readonly offered: number
  readonly achieved: number
}

class Recent {
  #values: { at: number; value: number }[] = []

  add(at: number, value: number): void {
    this.#values.push({ at, value })
  }

  sorted(now: number): readonly number[] {
    this.#values = this.#values.filter(({ at }) => at > now - window)
    return this.#values.map(({ value }) => value).sort((a, b) => a - b)
  }
}

/** Near enough for the eye; undefined of nothing. */
function at(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.floor((sorted.length - 1) * share)]
}

const wrong = ['messages_lost', 'messages_duplicated', 'messages_leaked', 'messages_corrupted'] as const

export class Intake {
  readonly registry = new MetricRegistry()
  readonly #series: { name: string; series: Series }[][]
  /** Values of the last ten seconds, by metric. */
  readonly #recent = { delivery_duration: new Recent(), driver_start_lag: new Recent() }
  #marks: Mark[] = []

  constructor(threads: number) {
    this.#series = Array.from({ length: threads }, () => [])
  }

  take(thread: number, { metrics, series, samples }: Batch, now: number): void {
    for (const metric of metrics) this.registry.define(metric)
    const known = this.#series[thread] ?? []
    for (const { series: number, name, tags } of series) {
      known[number] = { name, series: this.registry.series(name, tags) }
    }
    for (let at = 0; at < samples.length; at += 2) {
      const one = known[samples[at] ?? -1]
      const value = samples[at + 1] ?? 0
      one?.series.add(value)
      if (one?.name === 'delivery_duration' || one?.name === 'driver_start_lag') this.#recent[one.name].add(now, value)
    }
  }

  /** For the live line; to be asked once a second. */
  moment(now: number): Moment {
    const hasMail = this.#count('messages_due') > 0
    const offered = this.#count(hasMail ? 'messages_due' : 'iterations')
    const achieved = this.#count(hasMail ? 'messages_received' : 'iterations')
    this.#marks = [...this.#marks.filter(({ at }) => at > now - window), { at: now, offered, achieved }]
    const first = this.#marks[0]
    const seconds = first === undefined ? 0 : (now - first.at) / 1_000
    const rate = (value: number, before: number | undefined) => (seconds > 0 ? (value - (before ?? 0)) / seconds : 0)
    const delays = this.#recent.delivery_duration.sorted(now)
    const failed = this.registry.get('smtp_submit_failed')?.sink
    return {
      offered: rate(offered, first?.offered),
      achieved: rate(achieved, first?.achieved),
      p50: at(delays, 0.5),
      p99: at(delays, 0.99),
      errors: (failed?.kind === 'rate' ? failed.trues : 0) + wrong.reduce((sum, name) => sum + this.#count(name), 0),
      limits: this.#count('limits_hit'),
      lag: at(this.#recent.driver_start_lag.sorted(now), 0.99) ?? 0,
    }
  }

  #count(name: string): number {
    const sink = this.registry.get(name)?.sink
    return sink?.kind === 'counter' ? sink.total : 0
  }
}
