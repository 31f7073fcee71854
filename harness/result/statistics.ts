// Statistics of measured samples: percentiles, how sure they are, what a limit says of them. Pure. Used by the delivery
// checks and by reports. A sample that never ended (lost, or later than anybody waited) stands as Infinity.

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Samples needed before a percentile says anything: 95 by 20, 99 by 100, 99.9 by 1000. */
export function samplesNeeded(p: number): number {
  return p <= 50 ? 2 : Math.ceil(1 / (1 - p / 100) - 1e-9)
}

/** Percentile by linear interpolation between the closest ranks; NaN of no samples. */
export function percentile(samples: readonly number[], p: number): number {
  return ofSorted(
    [...samples].sort((a, b) => a - b),
    p,
  )
}

/** Bootstrap interval of a percentile: what resampling the samples gives. The same samples give the same interval. */
export function percentileInterval(
  samples: readonly number[],
  p: number,
  options: { confidence?: number; resamples?: number } = {},
): Interval {
  const { confidence = 0.95, resamples = 1_000 } = options
  const random = generator(samples.length)
  const found = Float64Array.from({ length: resamples }, () => {
    const drawn = samples.map(() => samples[Math.floor(random() * samples.length)] ?? Number.NaN)
    return percentile(drawn, p)
  }).sort()
  const outside = (1 - confidence) / 2
  const low = found[Math.floor(outside * resamples)] ?? Number.NaN
  const high = found[Math.ceil((1 - outside) * resamples) - 1] ?? Number.NaN
  return { low, high }
}

export interface LimitVerdict {
  /** below or above: the whole interval is; near: the limit lies within it. */
  readonly side: 'below' | 'near' | 'above'
  readonly value: number
  readonly interval: Interval
}

/** Which side of a limit a percentile lies on, as far as the samples can tell. */
export function againstLimit(samples: readonly number[], p: number, limit: number): LimitVerdict {
  const interval = percentileInterval(samples, p)
  const side = interval.high <= limit ? 'below' : interval.low > limit ? 'above' : 'near'
  return { side, value: percentile(samples, p), interval }
}

/** Upper bound of a rate of which `hits` were seen in `n` tries (Clopper-Pearson, one-sided), 0..1. */
export function rateUpperBound(hits: number, n: number, confidence = 0.95): number {
  if (hits >= n) return 1
  let low = hits / n
  let high = 1
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (atMostHits(hits, n, middle) > 1 - confidence) low = middle
    else high = middle
  }
  return high
}

/** Probability of at most `hits` hits in `n` tries at this rate. */
function atMostHits(hits: number, n: number, rate: number): number {
  let term = n * Math.log1p(-rate)
  let sum = Math.exp(term)
  for (let k = 1; k <= hits; k++) {
    term += Math.log((n - k + 1) / k) + Math.log(rate) - Math.log1p(-rate)
    sum += Math.exp(term)
  }
  return sum
}

function ofSorted(sorted: readonly number[], p: number): number {
  const position = (p / 100) * (sorted.length - 1)
  const below = sorted[Math.floor(position)]
  const above = sorted[Math.ceil(position)]
  if (below === undefined || above === undefined) return Number.NaN
  // Between two that never ended there is nothing to interpolate.
  return below === above ? below : below + (above - below) * (position - Math.floor(position))
}

/** Mulberry32, 0..1: resampling needs no better, and must repeat itself. */
export function generator(seed: number): () => number {
  let state = seed + 0x6d2b79f5
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
