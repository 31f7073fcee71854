// What flags change in scenarios, and how many virtual users those need.
import { describe, expect, test } from 'vitest'
import { type Plan, readOptions } from '../schedule/scenario-options.ts'
import { applyFlags, type LoadFlags, thresholdsOfFlags } from './flags.ts'
import { neededVus, numbersOfVus } from './needed-vus.ts'

const plansOf = (...scenarios: readonly object[]): readonly Plan[] =>
  readOptions({ scenarios: Object.fromEntries(scenarios.map((scenario, at) => [`s${at}`, scenario])) }).plans

const arrivals = { executor: 'constant-arrival-rate', rate: 10, duration: '60s', preAllocatedVUs: 25, maxVUs: 30 }
const ramping = { executor: 'ramping-vus', stages: [{ duration: '10s', target: 5 }] }
const shared = { executor: 'shared-iterations', vus: 2, iterations: 3 }

describe('flags', () => {
  test.each<[string, object, LoadFlags, object]>([
    ['more virtual users for a higher rate', arrivals, { rate: 25 }, { rate: 25, preAllocatedVUs: 63, maxVUs: 75 }],
    ['fewer for a lower one', arrivals, { rate: 1 }, { rate: 1, preAllocatedVUs: 3, maxVUs: 3 }],
    ['as many as are said', arrivals, { rate: 25, vus: 40 }, { rate: 25, preAllocatedVUs: 40, maxVUs: 40 }],
    ['how long', arrivals, { duration: '5m' }, { duration: 300_000 }],
    ['how long at most', shared, { duration: '5m' }, { maxDuration: 300_000 }],
    ['never fewer iterations than virtual users', shared, { vus: 7 }, { vus: 7, iterations: 7 }],
    [
      'stages',
      ramping,
      { stages: ['5s:3', '1m:0'] },
      {
        stages: [
          { duration: 5_000, target: 3 },
          { duration: 60_000, target: 0 },
        ],
      },
    ],
  ])('give %s', (_, scenario, flags, changed) => {
    expect(applyFlags(plansOf(scenario), flags)).toMatchObject([changed])
  })

  test('change those scenarios that have a place for them', () => {
    expect(applyFlags(plansOf(arrivals, ramping), { rate: 20 })).toMatchObject([
      { rate: 20 },
      { executor: 'ramping-vus' },
    ])
    expect(() => applyFlags(plansOf(ramping), { rate: 20 })).toThrow('--rate has no place')
    expect(() => applyFlags(plansOf(ramping), { stages: ['5s'] })).toThrow('--stage')
  })

  test('hold conditions by metric, also of a part of it', () => {
    const thresholds = ['checks:rate==1', 'delivery_duration{scenario:a}:p(95)<500', 'checks:rate>0']
    expect(thresholdsOfFlags({ thresholds })).toEqual({
      checks: ['rate==1', 'rate>0'],
      'delivery_duration{scenario:a}': ['p(95)<500'],
    })
  })
})

describe('the virtual users that a run needs', () => {
  const whole = { lengths: [1], index: 0 }

  test('are those of all scenarios that may run at the same time', () => {
    const later = { ...shared, startTime: '20m' }
    expect(neededVus(plansOf(arrivals, ramping), whole)).toBe(35)
    expect(neededVus(plansOf(arrivals, later), whole)).toBe(30)
  })

  test('have numbers of their own, with gaps where threads share several scenarios, or where others have the rest', () => {
    const halves = [0, 1].map((index) => ({ lengths: [1, 1], index }))
    const one = { executor: 'shared-iterations' }
    expect(numbersOfVus(plansOf(one, one), [whole])).toEqual([1, 2])
    expect(numbersOfVus(plansOf(one, one), halves)).toEqual([1, 3])
    expect(numbersOfVus(plansOf(arrivals), halves).length).toBe(30)
    expect(numbersOfVus(plansOf(arrivals), [{ lengths: [1, 1], index: 1 }]).slice(0, 3)).toEqual([2, 4, 6])
  })
})
