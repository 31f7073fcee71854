import { describe, expect, it } from 'vitest'
import { losses, percentile, spread } from './figures.ts'

const of = (samples: number[], censored = 0, unit = 'ms') => ({
  id: 'x',
  host: 'h',
  title: 't',
  unit,
  samples,
  censored,
})
const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1)

describe('figures', () => {
  it('interpolates between the closest ranks', () => {
    expect(percentile(of(upTo(20)), 50)).toBe(10.5)
    expect(percentile(of(upTo(101)), 99)).toBe(100)
  })

  it('gives no p95 below 20 samples and no p99 below 100', () => {
    expect(percentile(of(upTo(19)), 95)).toBe('too-few')
    expect(percentile(of(upTo(99)), 99)).toBe('too-few')
    expect(spread(of(upTo(19)))).toBe('p50 10 ms, largest 19 ms (19 samples, too few for p95)')
  })

  it('counts samples that never ended as the slowest', () => {
    expect(percentile(of(upTo(18), 2), 95)).toBe('beyond')
    expect(spread(of(upTo(18), 2))).toBe('p50 10.5 ms, p95 later than the deadline (20 samples)')
  })

  it('says how much could still be lost when nothing was', () => {
    expect(losses(of(upTo(20)))).toBe('none of 20 lost (could still be up to 14 %)')
    expect(losses(of(upTo(18), 2))).toBe('2 of 20 lost or later than the deadline')
  })

  it('manages one sample and none', () => {
    expect(spread(of([1302]))).toBe('1.3 s (1 sample)')
    expect(spread(of([], 1))).toBe('did not end in time (1 sample)')
    expect(spread(of([]))).toBe('no samples')
  })
})
