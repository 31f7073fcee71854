// What becomes of the samples of one metric: k6's four kinds. Used by the metric registry, thresholds and the summary.

export const metricKinds = ['counter', 'gauge', 'rate', 'trend'] as const

export type MetricKind = (typeof metricKinds)[number]

export interface Sink {
  readonly kind: MetricKind
  /** Samples so far. */
  readonly count: number
  add(value: number): void
}

export function newSink(kind: MetricKind): AnySink {
  switch (kind) {
    case 'counter':
      return new CounterSink()
    case 'gauge':
      return new GaugeSink()
    case 'rate':
      return new RateSink()
    case 'trend':
      return new TrendSink()
  }
}

export type AnySink = CounterSink | GaugeSink | RateSink | TrendSink

export class CounterSink implements Sink {
  readonly kind = 'counter'
  count = 0
  total = 0

  add(value: number): void {
    this.count++
    this.total += value
  }
}

export class GaugeSink implements Sink {
  readonly kind = 'gauge'
  count = 0
  value = 0
  min = 0
  max = 0

  add(value: number): void {
    this.value = value
    this.min = this.count === 0 ? value : Math.min(this.min, value)
    this.max = this.count === 0 ? value : Math.max(this.max, value)
    this.count++
  }
}

export class RateSink implements Sink {
  readonly kind = 'rate'
  count = 0
  /** Samples that were not 0. */
  trues = 0

  add(value: number): void {
    this.count++
    if (value !== 0) this.trues++
  }
}

/** Keeps every sample, eight octets each, so that percentiles are exact and results can be merged. */
export class TrendSink implements Sink {
  readonly kind = 'trend'
  count = 0
  total = 0
  #samples = new Float64Array(64)
  /** So many at the front are in order. */
  #sorted = 0

  add(value: number): void {
    if (this.count === this.#samples.length) {
      const larger = new Float64Array(this.count * 2)
      larger.set(this.#samples)
      this.#samples = larger
    }
    this.#samples[this.count++] = value
    this.total += value
  }

  get min(): number {
    return this.percentile(0)
  }

  get max(): number {
    return this.percentile(100)
  }

  get average(): number {
    return this.count === 0 ? 0 : this.total / this.count
  }

  /** Linear interpolation at p/100 * (n - 1), as k6 has it; 0 of no samples. */
  percentile(p: number): number {
    if (this.count === 0) return 0
    const samples = this.#inOrder()
    const place = Math.min(Math.max(p / 100, 0), 1) * (this.count - 1)
    const below = samples[Math.floor(place)] ?? 0
    const above = samples[Math.ceil(place)] ?? below
    return below + (above - below) * (place - Math.floor(place))
  }

  /** All samples, in ascending order. Not to be kept: it changes with the next one. */
  ordered(): Float64Array {
    return this.#inOrder().subarray(0, this.count)
  }

  #inOrder(): Float64Array {
    if (this.#sorted !== this.count) {
      this.#samples.subarray(0, this.count).sort()
      this.#sorted = this.count
    }
    return this.#samples
  }
}
