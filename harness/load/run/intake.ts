// Takes in the batches of all threads: into the metrics of the run, and into what there is to see over time. Used by the run.
import type { LoadMoment } from '../../result/load-moment.ts'
import { MetricRegistry, type Series } from '../metrics/registry.ts'
import type { Batch } from '../thread/recorder.ts'
import { OverTime, type Stretch } from './over-time.ts'

const wrong = ['messages_lost', 'messages_duplicated', 'messages_leaked', 'messages_corrupted'] as const

/** What a sample of a metric is in its stretch. */
type Note = (stretch: Stretch, value: number, thread: number) => void

const notes: Readonly<Record<string, Note>> = {
  messages_due: (stretch, value) => (stretch.due += value),
  messages_sent: (stretch, value) => (stretch.sent += value),
  messages_received: (stretch, value) => (stretch.received += value),
  delivery_failed: (stretch, value) => (stretch.failed += value),
  limits_hit: (stretch, value) => (stretch.limited += value),
  iterations: (stretch, value) => (stretch.iterations += value),
  delivery_duration: (stretch, value) => stretch.delays.add(value),
  driver_start_lag: (stretch, value) => stretch.lag.add(value),
  vus: (stretch, value, thread) => stretch.vus.set(thread, value),
}

/** Gauges of which every thread has its share: the run has the sum. */
const shared: ReadonlySet<string> = new Set(['vus', 'vus_max', 'imap_idlers'])

interface Known {
  readonly series: Series
  readonly note: Note | undefined
}

export class Intake {
  readonly registry = new MetricRegistry()
  readonly overTime = new OverTime()
  readonly #series: Known[][]
  /** Latest values of shared gauges, by name and thread. */
  readonly #shares = new Map<string, Map<number, number>>()

  constructor(threads: number) {
    this.#series = Array.from({ length: threads }, () => [])
  }

  take(thread: number, { at, metrics, series, samples, late }: Batch): void {
    for (const metric of metrics) this.registry.define(metric)
    const known = this.#series[thread] ?? []
    for (const { series: number, name, tags } of series) {
      known[number] = { series: this.#seriesOf(thread, name, tags), note: notes[name] }
    }
    const stretch = this.overTime.at(at)
    for (let place = 0; place < samples.length; place += 2) {
      const one = known[samples[place] ?? -1]
      const value = samples[place + 1] ?? 0
      one?.series.add(value)
      one?.note?.(stretch, value, thread)
    }
    for (const due of late) {
      stretch.due--
      this.overTime.at(due).due++
    }
  }

  #seriesOf(thread: number, name: string, tags: Readonly<Record<string, string>>): Series {
    const series = this.registry.series(name, tags)
    if (!shared.has(name)) return series
    const shares = this.#shares.get(name) ?? new Map<number, number>()
    this.#shares.set(name, shares)
    return {
      add(value) {
        shares.set(thread, value)
        series.add([...shares.values()].reduce((sum, share) => sum + share, 0))
      },
    }
  }

  /** For the live line; to be asked once a second. */
  moment(now: number): LoadMoment {
    const { stretch, seconds } = this.overTime.latest(now)
    const hasMail = this.#count('messages_due') > 0
    const rate = (value: number) => (seconds > 0 ? value / seconds : 0)
    const failed = this.registry.get('smtp_submit_failed')?.sink
    return {
      offered: rate(hasMail ? stretch.due : stretch.iterations),
      achieved: rate(hasMail ? stretch.received : stretch.iterations),
      p50: stretch.delays.percentile(50),
      p99: stretch.delays.percentile(99),
      errors: (failed?.kind === 'rate' ? failed.trues : 0) + wrong.reduce((sum, name) => sum + this.#count(name), 0),
      limits: this.#count('limits_hit'),
      lag: stretch.lag.percentile(99) ?? 0,
    }
  }

  #count(name: string): number {
    const sink = this.registry.get(name)?.sink
    return sink?.kind === 'counter' ? sink.total : 0
  }
}
