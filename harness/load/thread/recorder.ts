// Collects the samples of a thread, two numbers each, to be handed over in batches. Used by virtual users and the engine.
import type { MetricDefinition } from '../metrics/registry.ts'

/** A metric with a set of tags, known by its number from then on. */
export interface SeriesDefinition {
  readonly series: number
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
}

export interface Batch {
  /** The middle of the time in which they came, on the clock of all threads. */
  readonly at: number
  readonly metrics: readonly MetricDefinition[]
  readonly series: readonly SeriesDefinition[]
  /** Series, value, series, value ... */
  readonly samples: Float64Array<ArrayBuffer>
  /** Of the messages that this batch counts as due and that were due earlier: when. */
  readonly late: readonly number[]
}

export class Recorder {
  readonly #metrics = new Map<string, MetricDefinition>()
  readonly #series = new Map<string, number>()
  #newMetrics: MetricDefinition[] = []
  #newSeries: SeriesDefinition[] = []
  #samples = new Float64Array(4_096)
  #filled = 0
  #late: number[] = []
  #before: number | undefined

  /** Throws when there is one of this name and of another kind. */
  define(definition: MetricDefinition): void {
    const known = this.#metrics.get(definition.name)
    if (known === undefined) {
      this.#metrics.set(definition.name, definition)
      this.#newMetrics.push(definition)
    } else if (known.kind !== definition.kind || known.contains !== definition.contains) {
      throw new Error(`metric ${definition.name} is there already, as a ${known.kind} (${known.contains})`)
    }
  }

  series(name: string, tags: Readonly<Record<string, string>>): number {
    let key = name
    for (const tag of Object.keys(tags).sort()) key += `\0${tag}\0${tags[tag]}`
    const known = this.#series.get(key)
    if (known !== undefined) return known
    if (!this.#metrics.has(name)) throw new Error(`no metric ${name}`)
    const series = this.#series.size
    this.#series.set(key, series)
    this.#newSeries.push({ series, name, tags: { ...tags } })
    return series
  }

  add(series: number, value: number): void {
    if (this.#filled === this.#samples.length) {
      const larger = new Float64Array(this.#filled * 2)
      larger.set(this.#samples)
      this.#samples = larger
    }
    this.#samples[this.#filled++] = series
    this.#samples[this.#filled++] = value
  }

  /** Notes of a message that counts as due only now when it was due. */
  wasDue(at: number): void {
    this.#late.push(at)
  }

  /** What has come since the last time; undefined for nothing. `now`: on the clock of all threads. */
  take(now: number): Batch | undefined {
    const at = (now + (this.#before ?? now)) / 2
    this.#before = now
    if (this.#filled === 0 && this.#newMetrics.length === 0) return undefined
    const batch = {
      at,
      metrics: this.#newMetrics,
      series: this.#newSeries,
      samples: this.#samples.slice(0, this.#filled),
      late: this.#late,
    }
    this.#newMetrics = []
    this.#newSeries = []
    this.#late = []
    this.#filled = 0
    return batch
  }
}
