import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { againstLimit, percentile, percentileInterval, rateUpperBound, samplesNeeded } from './statistics.ts'

const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1)
const mixture = (fast: number, slow: number): number[] => [
  ...Array.from({ length: fast }, () => 20),
  ...Array.from({ length: slow }, () => 1_500),
]

describe('percentile', () => {
  it('interpolates between the closest ranks', () => {
    expect(percentile(upTo(20), 50)).toBe(10.5)
    expect(percentile(upTo(20), 95)).toBeCloseTo(19.05)
    expect(percentile([7], 95)).toBe(7)
  })

  it('has nothing to say of no samples', () => {
    expect(percentile([], 50)).toBeNaN()
  })

  it('lies among the samples, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1 }), (samples) => {
        const value = percentile(samples, 95)
        expect(value).toBe(percentile([...samples].reverse(), 95))
        expect(value).toBeGreaterThanOrEqual(Math.min(...samples))
        expect(value).toBeLessThanOrEqual(Math.max(...samples))
      }),
    )
  })

  it('is infinite where it falls among those that never ended', () => {
    const lost = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    expect(percentile([...upTo(18), ...lost], 95)).toBe(Number.POSITIVE_INFINITY)
    expect(percentile([...upTo(18), ...lost], 50)).toBe(10.5)
  })
})

describe('percentileInterval', () => {
  it('holds the percentile and repeats itself', () => {
    const interval = percentileInterval(upTo(40), 50)
    expect(interval.low).toBeLessThan(20.5)
    expect(interval.high).toBeGreaterThan(20.5)
    expect(percentileInterval(upTo(40), 50)).toEqual(interval)
  })

  it('is a point when all samples agree', () => {
    expect(percentileInterval(mixture(20, 0), 95)).toEqual({ low: 20, high: 20 })
  })
})

describe('againstLimit', () => {
  it('is below when no sample was slow, above when a quarter was', () => {
    expect(againstLimit(mixture(20, 0), 95, 1_000).side).toBe('below')
    expect(againstLimit(mixture(15, 5), 95, 1_000).side).toBe('above')
  })

  it('does not let one outlier decide', () => {
    expect(againstLimit(mixture(19, 1), 95, 1_000).side).toBe('near')
  })

  it('counts what never ended as beyond any limit', () => {
    expect(againstLimit([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 95, 1_000).side).toBe('above')
  })
})

describe('rateUpperBound', () => {
  it('says how much could still be lost when nothing was', () => {
    expect(rateUpperBound(0, 20)).toBeCloseTo(1 - 0.05 ** (1 / 20), 6)
    expect(rateUpperBound(0, 200)).toBeCloseTo(0.0149, 4)
  })

  it('knows the table value for one of twenty', () => {
    expect(rateUpperBound(1, 20)).toBeCloseTo(0.2161, 4)
  })

  it('is 1 when all were hits, or nothing was tried', () => {
    expect(rateUpperBound(20, 20)).toBe(1)
    expect(rateUpperBound(0, 0)).toBe(1)
  })
})

describe('samplesNeeded', () => {
  it('asks for more samples the farther out the percentile lies', () => {
    expect([50, 95, 99, 99.9].map(samplesNeeded)).toEqual([2, 20, 100, 1_000])
  })
})
