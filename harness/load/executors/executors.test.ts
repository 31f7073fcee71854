// Properties that every executor has, on a clock that jumps.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lengthOfPlan, mostVus, type Plan, readOptions } from '../schedule/scenario-options.ts'
import { scale, stripesOf } from '../schedule/segment.ts'
import { type Simulation, simulate } from './test-simulation.ts'

function planOf(scenario: object): Plan {
  const [plan] = readOptions({ scenarios: { tested: scenario } }).plans
  if (plan === undefined) throw new Error('no plan')
  return plan
}

const seconds = (least: number, most: number) => fc.integer({ min: least, max: most }).map((s) => `${s}s`)
const few = fc.integer({ min: 1, max: 5 })
const stages = fc.array(fc.record({ duration: seconds(0, 4), target: fc.nat(6) }), { minLength: 1, maxLength: 4 })
const gracefulStop = seconds(0, 3)

const closed = fc.oneof(
  fc.record({
    executor: fc.constant('shared-iterations'),
    vus: few,
    extra: fc.nat(20),
    maxDuration: seconds(1, 5),
    gracefulStop,
  }),
  fc.record({
    executor: fc.constant('per-vu-iterations'),
    vus: few,
    iterations: few,
    maxDuration: seconds(1, 5),
    gracefulStop,
  }),
  fc.record({ executor: fc.constant('constant-vus'), vus: few, duration: seconds(1, 5), gracefulStop }),
  fc.record({
    executor: fc.constant('ramping-vus'),
    startVUs: few,
    stages,
    gracefulRampDown: seconds(0, 2),
    gracefulStop,
  }),
)
const open = fc.oneof(
  fc.record({
    executor: fc.constant('constant-arrival-rate'),
    rate: fc.integer({ min: 1, max: 20 }),
    duration: seconds(1, 4),
    preAllocatedVUs: few,
    gracefulStop,
  }),
  fc.record({
    executor: fc.constant('ramping-arrival-rate'),
    startRate: fc.nat(9),
    stages,
    preAllocatedVUs: few,
    gracefulStop,
  }),
)

/** `iterations` of shared-iterations must not be fewer than its virtual users. */
const scenario = fc.oneof(closed, open).map((given) => {
  if (!('extra' in given)) return planOf(given)
  const { extra, ...rest } = given
  return planOf({ ...rest, iterations: rest.vus + extra })
})

const numbers = ({ starts }: Simulation) => starts.map(({ number }) => number).sort((a, b) => a - b)

describe('every executor', () => {
  test('ends once, in time, gives everybody back, and never runs more at once than it may', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 5_000 }), fc.option(fc.nat(9_000)), (plan, lasts, stopAt) => {
        const seen = simulate(plan, lasts, stopAt === null ? {} : { stopAt })
        expect(seen.finishedTimes).toBe(1)
        expect(seen.free).toBe(mostVus(plan))
        expect(seen.mostActive).toBeLessThanOrEqual(mostVus(plan))
        const most = lengthOfPlan(plan) + plan.gracefulStop
        expect(seen.ended).toBeLessThanOrEqual(stopAt === null ? most : Math.min(most, stopAt))
        for (const { at, due } of seen.starts) expect(at).toBeGreaterThanOrEqual(due)
      }),
    )
  })

  test('numbers its iterations without a gap, from 0', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 900 }), (plan, lasts) => {
        const seen = simulate(plan, lasts)
        // What is dropped has a number, too.
        if (seen.dropped === 0) expect(numbers(seen)).toEqual(seen.starts.map((_, at) => at))
        else expect(new Set(numbers(seen)).size).toBe(seen.starts.length)
      }),
    )
  })

  test('on several threads does together what it does on one, where starts do not hang on each other', () => {
    fc.assert(
      fc.property(open.map(planOf), fc.integer({ min: 2, max: 4 }), (plan, threads) => {
        const lengths = Array.from({ length: threads }, () => 1)
        const parts = lengths.map((_, index) => simulate(plan, 1, { segment: { lengths, index } }))
        const whole = simulate(plan, 1)
        const due = (all: readonly Simulation[]) =>
          all.reduce((sum, { starts, dropped }) => sum + starts.length + dropped, 0)
        expect(due(parts)).toBe(due([whole]))
        for (const [index, part] of parts.entries()) {
          expect(part.mostActive).toBeLessThanOrEqual(scale(stripesOf({ lengths, index }), mostVus(plan)))
        }
      }),
    )
  })
})

describe('a stall of the server', () => {
  // 20 a second for 5 s; from 1 s to 3 s nothing gets done.
  const plan = planOf({ executor: 'constant-arrival-rate', rate: 20, duration: '5s', preAllocatedVUs: 50 })
  const lasts = ({ at }: { at: number }) => (at >= 1_000 && at < 3_000 ? 3_000 - at + 10 : 10)

  test('delays what was due, and loses nothing of it', () => {
    const seen = simulate(plan, lasts)
    expect(seen).toMatchObject({ dropped: 0, interrupted: 0 })
    expect(seen.starts).toHaveLength(100)
  })

  test('shows in starts that had to wait, counted from when they were due', () => {
    const seen = simulate({ ...plan, preAllocatedVUs: 25 } as Plan, lasts)
    const late = seen.starts.filter(({ at, due }) => at - due > 500)
    expect(seen.dropped).toBe(0)
    expect(late.length).toBeGreaterThan(5)
  })
})
