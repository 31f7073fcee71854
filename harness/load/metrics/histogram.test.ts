// What a record keeps of a trend: how far it may be off.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { histogramOf, trendOf } from './histogram.ts'
import { TrendSink } from './sink.ts'

function trend(samples: readonly number[]): TrendSink {
  const sink = new TrendSink()
  for (const sample of samples) sink.add(sample)
  return sink
}

const samples = fc.array(fc.double({ min: -1e4, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 })

describe('a histogram', () => {
  test('gives back every percentile within half a percent, and the least, the greatest and the sum exactly', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 100 }), (samples, p) => {
        const exact = trend(samples)
        const again = trendOf([{ histogram: histogramOf(exact), total: exact.total }])
        expect([again.count, again.min, again.max, again.total]).toEqual([
          exact.count,
          exact.min,
          exact.max,
          exact.total,
        ])
        // Between two samples of different signs the interpolated value may be near 0, the samples are not.
        const near = Math.max(...exact.ordered().map(Math.abs))
        const slack = samples.every((one) => one >= 0) ? 0.00501 * exact.percentile(p) : 0.00501 * near
        expect(Math.abs(again.percentile(p) - exact.percentile(p))).toBeLessThanOrEqual(slack + 1e-300)
      }),
    )
  })

  test('merges to what one run with all samples would have', () => {
    fc.assert(
      fc.property(fc.array(samples, { minLength: 1, maxLength: 4 }), (runs) => {
        const merged = trendOf(runs.map(trend).map((one) => ({ histogram: histogramOf(one), total: one.total })))
        const whole = trend(runs.flat())
        expect([merged.count, merged.min, merged.max]).toEqual([whole.count, whole.min, whole.max])
      }),
    )
  })

  test('is short however many samples there are', () => {
    const histogram = histogramOf(trend(Array.from({ length: 100_000 }, (_, n) => 1 + (n % 1_000) / 7)))
    expect(histogram.length).toBeLessThan(2_000)
    expect(histogram.reduce((sum, [, count]) => sum + count, 0)).toBe(100_000)
  })
})
