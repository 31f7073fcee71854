// How values are spread, to within one per cent, in memory that does not grow with their number, so that stretches of a run can
// be merged. Used for what is shown over time; the percentiles that are judged are exact.

/** One bucket is so much wider than the one before: half of it to either side is one per cent. */
const step = Math.log(1.02)
/** Smaller values count as this. */
const least = 0.001

export class Spread {
  readonly #buckets = new Map<number, number>()
  #count = 0

  add(value: number): void {
    this.#put(Math.round(Math.log(Math.max(least, value)) / step), 1)
  }

  merge(other: Spread): void {
    for (const [bucket, count] of other.#buckets) this.#put(bucket, count)
  }

  /** `p` from 0 to 100; undefined of nothing. */
  percentile(p: number): number | undefined {
    let left = Math.floor((p / 100) * (this.#count - 1))
    for (const bucket of [...this.#buckets.keys()].sort((a, b) => a - b)) {
      left -= this.#buckets.get(bucket) ?? 0
      if (left < 0) return Math.exp(bucket * step)
    }
    return undefined
  }

  #put(bucket: number, count: number): void {
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + count)
    this.#count += count
  }
}
