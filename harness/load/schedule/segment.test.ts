// Properties of shares of a run, and places known from k6.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { elementAt, rescaled, scale, stripesOf } from './segment.ts'

const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 })

describe('shares of a run', () => {
  test('every element belongs to exactly one of them', () => {
    fc.assert(
      fc.property(lengths, (lengths) => {
        const all = lengths.map((_, index) => stripesOf({ lengths, index }))
        const { block = 0 } = all[0] ?? {}
        const places = all.flatMap((stripes) => stripes.places)
        expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: block }, (_, at) => at))
      }),
    )
  })

  test('together they are as many as the whole, whatever that is', () => {
    fc.assert(
      fc.property(lengths, fc.nat(1_000), (lengths, count) => {
        const parts = lengths.map((_, index) => scale(stripesOf({ lengths, index }), count))
        expect(parts.reduce((a, b) => a + b)).toBe(count)
      }),
    )
  })

  test('the elements counted are those that come first', () => {
    fc.assert(
      fc.property(lengths, fc.nat(500), fc.nat(5), (lengths, count, at) => {
        const stripes = stripesOf({ lengths, index: at % lengths.length })
        const ours = scale(stripes, count)
        if (ours > 0) expect(elementAt(stripes, ours - 1)).toBeLessThan(count)
        expect(elementAt(stripes, ours)).toBeGreaterThanOrEqual(count)
      }),
    )
  })

  // 0,3/10,5/10,6/10 ... of k6's documentation of its striping.
  test.each([
    [0, [0, 4, 7]],
    [1, [1, 5]],
    [2, [2]],
    [5, [8]],
    [6, [9]],
  ])('share %i of 3:2:1:1:1:1:1 has the places %j, as in k6', (index, places) => {
    expect(stripesOf({ lengths: [3, 2, 1, 1, 1, 1, 1], index })).toEqual({ block: 10, places })
  })

  test('iterations go to those only who have virtual users, in proportion', () => {
    expect(rescaled({ lengths: [1, 1, 1], index: 2 }, 2)).toBeUndefined()
    expect(rescaled({ lengths: [1, 1, 1], index: 1 }, 2)).toEqual({ lengths: [1, 1], index: 1 })
    expect(rescaled({ lengths: [1, 1], index: 0 }, 3)).toEqual({ lengths: [2, 1], index: 0 })
  })
})
