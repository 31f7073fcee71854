// The samples of a trend, so short that a record can hold them and so exact that records can be merged: each is rounded to three
// significant digits, and counted. Used by the summary and by merging.
import { TrendSink } from './sink.ts'

/** Values in ascending order, each with how many samples have it. Off by 0.5 % at most; the least and the greatest are exact. */
export type Histogram = readonly (readonly [value: number, count: number])[]

export function histogramOf(sink: TrendSink): Histogram {
  const samples = sink.ordered()
  const last = samples.length - 1
  const [least = 0, greatest = 0] = [samples[0], samples[last]]
  const histogram: [number, number][] = []
  let unit = 0
  let units = Number.NaN
  for (const [at, sample] of samples.entries()) {
    if (at === 0 || at === last) {
      histogram.push([sample, 1])
      units = Number.NaN
      continue
    }
    const ownUnit = unitOf(sample)
    const ownUnits = Math.round(sample / ownUnit)
    const entry = histogram.at(-1)
    if (entry !== undefined && ownUnit === unit && ownUnits === units) entry[1]++
    else histogram.push([Math.min(greatest, Math.max(least, Number(sample.toPrecision(3)))), 1])
    unit = ownUnit
    units = ownUnits
  }
  return histogram
}

/** Worth of the third significant digit. */
function unitOf(sample: number): number {
  return sample === 0 ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(sample))) - 2)
}

/** All samples of several runs. `totals`: their exact sums, which rounding would not give. */
export function trendOf(parts: readonly { readonly histogram: Histogram; readonly total: number }[]): TrendSink {
  const sink = new TrendSink()
  for (const { histogram } of parts) {
    for (const [value, count] of histogram) for (let n = 0; n < count; n++) sink.add(value)
  }
  sink.total = parts.reduce((sum, { total }) => sum + total, 0)
  return sink
}
