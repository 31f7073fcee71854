import { describe, expect, it } from 'vitest'
import { blameFor, middleOf } from '../result/blame.ts'
import type { Pair } from '../result/comparison.ts'
import { seededRandom } from '../result/statistics.ts'
import { medianPolish } from './median-polish.ts'
import { sharesOf } from './shares.ts'

const names = ['a.test', 'b.test', 'c.test', 'd.test', 'e.test', 'f.test']

interface Truth {
  readonly out: readonly number[]
  readonly into: readonly number[]
}

/** A normal number by Box and Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const centred = (values: readonly number[]): number[] => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return values.map((value) => value - mean)
}

/** Ten messages a pair: 300 ms, what both ends add, a little of the pair itself, and a noise with a long tail. */
function matrix(seed: number, missing = 0): { pairs: Pair[]; truth: Truth } {
  const random = seededRandom(seed)
  const truth = {
    out: centred(names.map(() => 200 * random())),
    into: centred(names.map(() => 200 * random())),
  }
  const pairs = names.flatMap((from, i) =>
    names.flatMap((to, j): Pair[] => {
      if (i === j || random() < missing) return []
      const own = 8 * normal(random)
      const samples = Array.from(
        { length: 10 },
        () =>
          300 + (truth.out[i] ?? 0) + (truth.into[j] ?? 0) + own + 20 * normal(random) + (random() < 0.05 ? 900 : 0),
      )
      return [{ from, to, samples, lost: 0 }]
    }),
  )
  return { pairs, truth }
}

function misses(seed: number, missing: number): number {
  const { pairs, truth } = matrix(seed, missing)
  const found = sharesOf(pairs, seed)
  if (!('shares' in found)) throw new Error(found.apart)
  const outside = (shares: typeof found.shares.outbound, wanted: readonly number[]): number =>
    shares.filter(({ host, interval: { low, high } }) => {
      const right = wanted[names.indexOf(host)] ?? Number.NaN
      return !(low <= right && right <= high)
    }).length
  return outside(found.shares.outbound, truth.out) + outside(found.shares.inbound, truth.into)
}

describe('the shares of hosts in what a message takes', () => {
  it.for([
    [200, 0],
    [100, 0.2],
  ] as const)(
    'are found within their intervals, all at once, for 95 of 100 seeds: %s seeds, gaps of %s',
    ([n, missing]) => {
      const seeds = Array.from({ length: n }, (_, at) => at + 1)
      expect(seeds.filter((seed) => misses(seed, missing) === 0).length).toBeGreaterThanOrEqual(0.95 * n)
    },
  )

  it('sum to zero on each side: only differences can be told', () => {
    const found = sharesOf(matrix(7).pairs)
    if (!('shares' in found)) throw new Error(found.apart)
    for (const side of [found.shares.outbound, found.shares.inbound])
      expect(Math.abs(side.reduce((sum, { ms }) => sum + ms, 0))).toBeLessThan(0.1)
    // Useful ones: most differences of this size stand out of the noise.
    const wide = found.shares.outbound.map(({ interval }) => interval.high - interval.low)
    expect(Math.max(...wide)).toBeLessThan(120)
  })

  it('do not change with the place of the tester, which is the same for all', () => {
    const { pairs } = matrix(7)
    const farther = pairs.map((pair) => ({ ...pair, samples: pair.samples.map((ms) => ms + 400) }))
    const [near, far] = [sharesOf(pairs), sharesOf(farther)]
    if (!('shares' in near && 'shares' in far)) throw new Error('no shares')
    expect(far.shares.typical - near.shares.typical).toBeCloseTo(400, 0)
    for (const [at, { ms }] of near.shares.outbound.entries()) expect(far.shares.outbound[at]?.ms).toBeCloseTo(ms, 0)
  })

  it('bear pairs whose messages were lost, without taking them for fast ones', () => {
    const { pairs } = matrix(3)
    const lossy = pairs.map((pair) =>
      pair.from === 'a.test' && pair.to === 'b.test' ? { ...pair, samples: pair.samples.slice(0, 2), lost: 8 } : pair,
    )
    const [whole, part] = [sharesOf(pairs), sharesOf(lossy)]
    if (!('shares' in whole && 'shares' in part)) throw new Error('no shares')
    for (const [at, { ms }] of whole.shares.outbound.entries())
      expect(Math.abs((part.shares.outbound[at]?.ms ?? 0) - ms)).toBeLessThan(40)
    expect(blameFor(lossy, part.shares)).toMatchObject({ from: 'a.test', to: 'b.test', whose: 'pair', ms: Infinity })
  })

  it.for([
    [[], 'fewer than three'],
    [matrix(1).pairs.filter(({ from }) => from < 'c'), 'fewer than three'],
    [matrix(1).pairs.filter((_, at) => at % 4 === 0), 'too few pairs'],
    [matrix(1).pairs.filter(({ from, to }) => from < 'd' === to < 'd'), 'without mail between them'],
    [matrix(1).pairs.map((pair) => ({ ...pair, samples: [], lost: 10 })), 'no pair delivered'],
  ] as const)('are not made up where pairs do not tell them', ([pairs, why]) => {
    expect(sharesOf([...pairs])).toEqual({ apart: expect.stringContaining(why) })
  })
})

describe('who is to blame for the slowest pair', () => {
  const slow = (add: (from: string, to: string) => number) => {
    const pairs = names.flatMap((from, i) =>
      names.flatMap((to, j): Pair[] => {
        const wobble = ((i * 7 + j * 11) % 5) - 2
        return i === j ? [] : [{ from, to, samples: [300, 301, 302].map((ms) => ms + wobble + add(from, to)), lost: 0 }]
      }),
    )
    const found = sharesOf(pairs)
    if (!('shares' in found)) throw new Error(found.apart)
    return blameFor(pairs, found.shares)
  }

  it('names the sender, the receiver, the two of them together, or chance', () => {
    expect(slow((from) => (from === 'b.test' ? 500 : 0))).toMatchObject({ from: 'b.test', whose: 'sender' })
    expect(slow((_, to) => (to === 'c.test' ? 500 : 0))).toMatchObject({ to: 'c.test', whose: 'receiver' })
    const both = slow((from, to) => (from === 'b.test' && to === 'c.test' ? 500 : 0))
    expect(both).toMatchObject({ from: 'b.test', to: 'c.test', whose: 'pair' })
    expect(both?.adds).toBeGreaterThan(450)
    expect(slow(() => 0)).toMatchObject({ whose: 'chance' })
  })
})

describe('the median polish', () => {
  it('takes a table with gaps apart that has nothing left', () => {
    const entries = [0, 1, 2].flatMap((row) =>
      [0, 1, 2].filter((column) => row !== column).map((column) => ({ row, column, value: 10 + row * 5 + column * 3 })),
    )
    const { typical, rows, columns, left } = medianPolish(entries, 3, 3)
    expect(typical).toBeCloseTo(18, 1)
    expect(rows.map((value) => Math.round(value))).toEqual([-5, 0, 5])
    expect(columns.map((value) => Math.round(value))).toEqual([-3, 0, 3])
    expect(Math.max(...left.map(Math.abs))).toBeLessThan(0.1)
  })

  it('gives the middle of a pair that lost half as never', () => {
    expect(middleOf({ samples: [1, 2, 3], lost: 1 })).toBe(2.5)
    expect(middleOf({ samples: [1], lost: 3 })).toBe(Number.POSITIVE_INFINITY)
    expect(middleOf({ samples: [1, 5], lost: 2 })).toBe(Number.POSITIVE_INFINITY)
  })
})
