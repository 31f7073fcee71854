// Durations, arrivals, ramps and the options of scenario files.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rampingArrivals, steadyArrivals } from './arrivals.ts'
import { parseDuration } from './duration.ts'
import { OptionsError, readOptions } from './scenario-options.ts'
import { stripesOf, wholeRun } from './segment.ts'
import { vuSteps } from './vu-steps.ts'

const all = stripesOf(wholeRun)
const stages = fc.array(fc.record({ duration: fc.integer({ min: 0, max: 20_000 }), target: fc.nat(50) }), {
  minLength: 1,
  maxLength: 5,
})

describe('durations', () => {
  test.each([
    ['30s', 30_000],
    ['1m30s', 90_000],
    ['1h2m3s4ms', 3_723_004],
    ['1.5s', 1_500],
    ['250us', 0.25],
    ['100', 100],
    [5_000, 5_000],
  ])('%s is %d ms', (given, ms) => {
    expect(parseDuration(given)).toBeCloseTo(ms, 9)
  })
  test.each(['', 's', '10 s', '-1s', '5x', 'soon', Number.NaN, -1])('%s is none', (given) => {
    expect(parseDuration(given)).toBeUndefined()
  })
})

describe('arrivals', () => {
  test('at a steady rate are as far apart as the rate says, from 0 on', () => {
    const found = [...steadyArrivals(4, 1_000, 1_000, all)]
    expect(found.map(({ due }) => due)).toEqual([0, 250, 500, 750])
  })

  test('while ramping: in order, numbered without a gap, as many as the area below the line', () => {
    fc.assert(
      fc.property(fc.nat(50), stages, (startRate, stages) => {
        const found = [...rampingArrivals(startRate, 1_000, stages, all)]
        let area = 0
        let from = startRate
        for (const { duration, target } of stages) {
          area += (duration / 1_000) * ((from + target) / 2)
          from = target
        }
        expect(found.length).toBe(Math.floor(area + 1e-9))
        expect(found.map(({ element }) => element)).toEqual(found.map((_, at) => at))
        const dues = found.map(({ due }) => due)
        expect(dues).toEqual(dues.toSorted((a, b) => a - b))
        const length = stages.reduce((sum, { duration }) => sum + duration, 0)
        for (const due of dues) expect(due).toBeLessThanOrEqual(length + 1e-6)
      }),
    )
  })

  test('of all shares together are those of the whole', () => {
    fc.assert(
      fc.property(fc.nat(30), stages, fc.integer({ min: 1, max: 4 }), (startRate, stages, shares) => {
        const lengths = Array.from({ length: shares }, () => 1)
        const parts = lengths.flatMap((_, index) => [
          ...rampingArrivals(startRate, 1_000, stages, stripesOf({ lengths, index })),
        ])
        const whole = [...rampingArrivals(startRate, 1_000, stages, all)]
        expect(parts.sort((a, b) => a.element - b.element)).toEqual(whole)
      }),
    )
  })
})

describe('ramping virtual users', () => {
  test('come and go one by one', () => {
    const steps = vuSteps(
      1,
      [
        { duration: 3_000, target: 4 },
        { duration: 0, target: 2 },
        { duration: 2_000, target: 0 },
      ],
      all,
    )
    expect(steps).toEqual([
      { at: 0, count: 1 },
      { at: 1_000, count: 2 },
      { at: 2_000, count: 3 },
      { at: 3_000, count: 2 },
      { at: 4_000, count: 1 },
      { at: 5_000, count: 0 },
    ])
  })

  test('of all shares together are those of the whole at every moment', () => {
    fc.assert(
      fc.property(fc.nat(9), stages, fc.integer({ min: 1, max: 3 }), fc.nat(100_000), (start, stages, shares, at) => {
        const lengths = Array.from({ length: shares }, () => 1)
        const countAt = (index: number | undefined) => {
          const stripes = index === undefined ? all : stripesOf({ lengths, index })
          return vuSteps(start, stages, stripes).findLast((step) => step.at <= at)?.count ?? 0
        }
        expect(lengths.reduce((sum, _, index) => sum + countAt(index), 0)).toBe(countAt(undefined))
      }),
    )
  })
})

describe('the options of a scenario file', () => {
  test('get k6 defaults', () => {
    const { plans } = readOptions({
      scenarios: {
        chat: { executor: 'constant-arrival-rate', rate: 5, duration: '1m', preAllocatedVUs: 3, exec: 'talk' },
      },
    })
    expect(plans).toEqual([
      {
        name: 'chat',
        executor: 'constant-arrival-rate',
        rate: 5,
        duration: 60_000,
        timeUnit: 1_000,
        preAllocatedVUs: 3,
        exec: 'talk',
        startTime: 0,
        gracefulStop: 30_000,
        env: {},
        tags: {},
      },
    ])
  })

  test.each([
    [{}, { executor: 'shared-iterations', vus: 1, iterations: 1 }],
    [
      { vus: 3, duration: '10s' },
      { executor: 'constant-vus', vus: 3, duration: 10_000 },
    ],
    [
      { vus: 3, iterations: 9 },
      { executor: 'shared-iterations', vus: 3, iterations: 9 },
    ],
    [{ stages: [{ duration: '5s', target: 2 }] }, { executor: 'ramping-vus', startVUs: 1 }],
  ])('%j is a scenario named default', (given, plan) => {
    expect(readOptions(given).plans).toMatchObject([{ name: 'default', exec: 'default', ...plan }])
  })

  test.each([
    [{ scenarios: { a: { executor: 'constant-vus', duration: '10s', vu: 3 } } }, 'vu'],
    [{ scenarios: { a: { executor: 'constant-vus', duration: 'long' } } }, 'duration'],
    [{ scenarios: { a: { executor: 'constant-vuses', duration: '10s' } } }, 'executor'],
    [{ scenarios: { a: { executor: 'shared-iterations', vus: 3, iterations: 2 } } }, 'iterations'],
    [{ scenarios: { a: { executor: 'ramping-vus', startVUs: 0, stages: [{ duration: '1s', target: 0 }] } } }, 'a'],
    [{ scenarios: { 'a b': { executor: 'shared-iterations' } } }, 'name'],
    [{ vus: 3, scenarios: { a: { executor: 'shared-iterations' } } }, 'either'],
    [{ thresholds: { checks: 'rate==1' } }, 'thresholds'],
  ])('%j is refused, naming %s', (given, word) => {
    expect(() => readOptions(given)).toThrow(OptionsError)
    expect(() => readOptions(given)).toThrow(word)
  })
})
