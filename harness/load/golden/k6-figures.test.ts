// Shares, arrivals, ramps and thresholds as k6 has them: what its own tests expect, in lib/execution_segment_test.go,
// lib/executor/*_test.go and metrics/thresholds*_test.go of github.com/grafana/k6. Seconds for stages and steps, else milliseconds.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { simulate } from '../executors/test-simulation.ts'
import { MetricRegistry } from '../metrics/registry.ts'
import type { MetricKind } from '../metrics/sink.ts'
import { rampingArrivals } from '../schedule/arrivals.ts'
import { readOptions } from '../schedule/scenario-options.ts'
import { rescaled, type Segment, scale, stripesOf } from '../schedule/segment.ts'
import { vuSteps } from '../schedule/vu-steps.ts'
import { ThresholdError } from '../thresholds/expression.ts'
import { readThresholds } from '../thresholds/thresholds.ts'

type Pairs = readonly (readonly [seconds: number, count: number])[]

interface Figures {
  readonly places: readonly (Segment & { readonly places: readonly number[] })[]
  /** Of so many starts, a share has so many, where the run has `vus` virtual users. */
  readonly shares: readonly (Segment & { readonly vus: number; readonly of: number; readonly count: number })[]
  readonly users: readonly (Segment & {
    readonly about: string
    readonly startVUs: number
    readonly stages: Pairs
    readonly steps: Pairs
  })[]
  readonly steady: {
    readonly rate: number
    readonly duration: number
    readonly maxVUs: number
    /** The gaps come again and again. */
    readonly rows: readonly (Segment & { readonly first: number; readonly gaps: readonly number[] })[]
  }
  readonly ramping: {
    readonly startRate: number
    readonly stages: Pairs
    readonly rows: readonly (Segment & { readonly timeUnit: number; readonly due: readonly number[] })[]
  }
  /** Which starts of the whole run each share makes. */
  readonly numbers: readonly {
    readonly scenario: object
    readonly lengths: readonly number[]
    readonly numbers: readonly (readonly number[])[]
  }[]
  readonly expressions: readonly (readonly [kind: MetricKind, threshold: string, readable: boolean])[]
}

const figures = JSON.parse(readFileSync(new URL('k6-figures.json', import.meta.url), 'utf8')) as Figures

const stagesOf = (pairs: Pairs) => pairs.map(([seconds, target]) => ({ duration: seconds * 1_000, target }))

function planOf(scenario: object) {
  const [plan] = readOptions({ scenarios: { golden: scenario } }).plans
  if (plan === undefined) throw new Error('no plan')
  return plan
}

describe('the figures that the tests of k6 expect', () => {
  test.each(figures.places)('share $index of $lengths has the places $places', ({ lengths, index, places }) => {
    expect(stripesOf({ lengths, index }).places).toEqual(places)
  })

  test.each(figures.shares)(
    'of $of starts, share $index of $lengths has $count where there are $vus virtual users',
    ({ lengths, index, vus, of, count }) => {
      const share = rescaled({ lengths, index }, vus)
      expect(share === undefined ? 0 : scale(stripesOf(share), of)).toBe(count)
    },
  )

  test.each(figures.users)('virtual users: $about', ({ lengths, index, startVUs, stages, steps }) => {
    const found = vuSteps(startVUs, stagesOf(stages), stripesOf({ lengths, index }))
    expect(found.map(({ at, count }) => [at / 1_000, count])).toEqual(steps)
  })

  const { rate, duration, maxVUs, rows } = figures.steady
  test.each(rows)(`${rate} a second: share $index of $lengths`, ({ lengths, index, first, gaps }) => {
    const plan = planOf({
      executor: 'constant-arrival-rate',
      rate,
      duration: `${duration}s`,
      preAllocatedVUs: 10,
      maxVUs,
    })
    const { starts, dropped } = simulate(plan, 0, { segment: { lengths, index } })
    const dues: number[] = []
    for (let due = first; due < duration * 1_000; due += gaps[(dues.length - 1) % gaps.length] ?? Number.NaN)
      dues.push(due)
    expect(starts.map(({ due }) => due)).toEqual(dues)
    expect(dropped).toBe(0)
  })

  const { startRate, stages } = figures.ramping
  test.each(figures.ramping.rows)(
    'a rate that climbs and falls, each $timeUnit ms: share $index of $lengths',
    ({ lengths, index, timeUnit, due }) => {
      const found = [...rampingArrivals(startRate, timeUnit, stagesOf(stages), stripesOf({ lengths, index }))]
      expect(found).toHaveLength(due.length)
      // As close as those tests want it.
      for (const [at, arrival] of found.entries()) {
        expect(Math.abs(arrival.due / (due[at] ?? Number.NaN) - 1)).toBeLessThan(0.001)
      }
    },
  )

  test.each(figures.numbers)(
    'which starts of $scenario.executor each share makes',
    ({ scenario, lengths, numbers }) => {
      const found = lengths.map((_, index) => {
        const { starts } = simulate(planOf(scenario), 0, { segment: { lengths, index } })
        return starts.map(({ number }) => number).sort((a, b) => a - b)
      })
      expect(found).toEqual(numbers)
    },
  )

  test.each(figures.expressions)('a %s may have the threshold %s: %s', (kind, threshold, readable) => {
    const registry = new MetricRegistry()
    registry.define({ name: 'measured', kind, contains: 'default' })
    const read = () => readThresholds({ measured: [threshold] }, registry)
    if (readable) expect(read()).toHaveLength(1)
    else expect(read).toThrow(ThresholdError)
  })
})
