// Properties of shares of a run, and places known from k6.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { elementAt, parseSegment, rescaled, type Segment, scale, stripesOf } from './segment.ts'

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

  test('a machine shares its part out among its threads, and all threads of all machines are the whole', () => {
    const count = fc.integer({ min: 1, max: 4 })
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 4 }), fc.nat(200), (threads, vus) => {
        const machines = threads.map(() => 1)
        const all = threads.flatMap((own, machine) =>
          Array.from(
            { length: own },
            (_, index): Segment => ({
              lengths: Array.from({ length: own }, () => 1),
              index,
              within: { lengths: machines, index: machine },
            }),
          ),
        )
        const first = all.flatMap((segment) => {
          const stripes = stripesOf(segment)
          return Array.from({ length: scale(stripes, vus) }, (_, n) => elementAt(stripes, n))
        })
        expect(first.sort((a, b) => a - b)).toEqual(Array.from({ length: vus }, (_, at) => at))
        const iterations = all.map((segment) => {
          const share = rescaled(segment, vus)
          return share === undefined ? 0 : scale(stripesOf(share), 97)
        })
        expect(iterations.reduce((a, b) => a + b)).toBe(vus === 0 ? 0 : 97)
      }),
    )
  })

  test.each([
    ['0:1/2', { lengths: [1, 1], index: 0 }],
    ['1/3:2/3', { lengths: [1, 1, 1], index: 1 }],
    ['0.75:1', { lengths: [1, 1, 1, 1], index: 3 }],
    ['0:1', { lengths: [1], index: 0 }],
    ['1/4:3/4', undefined],
    ['0:2/3', undefined],
    ['1/2:1/2', undefined],
    ['1:2', undefined],
    ['1/2:0', undefined],
    ['0:1/0', undefined],
    ['1/2', undefined],
    ['a:b', undefined],
  ])('%s is %o', (text, segment) => {
    expect(parseSegment(text)).toEqual(segment)
  })
})
