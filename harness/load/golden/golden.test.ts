// The semantics that we share with k6 as data: what another engine can be held against, too.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { simulate } from '../executors/test-simulation.ts'
import { MetricRegistry } from '../metrics/registry.ts'
import type { MetricKind } from '../metrics/sink.ts'
import { readOptions } from '../schedule/scenario-options.ts'
import { ThresholdError } from '../thresholds/expression.ts'
import { judge, readThresholds } from '../thresholds/thresholds.ts'

interface ThresholdRow {
  readonly about: string
  readonly kind: MetricKind
  readonly samples: readonly number[]
  readonly elapsed?: number
  readonly threshold: string
  /** unreadable: refused before the run. */
  readonly verdict: 'pass' | 'fail' | 'no-data' | 'unreadable'
  readonly value?: number
}

interface ExecutorRow {
  readonly about: string
  readonly scenario: object
  readonly iterationMs: number
  /** Those that came to their end. */
  readonly iterations: number
  readonly interrupted?: number
  readonly dropped: number
  readonly mostVus?: number
  readonly ms?: number
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

describe('thresholds', () => {
  test.each(read('thresholds.json') as ThresholdRow[])('$about: $threshold', (row) => {
    const registry = new MetricRegistry()
    registry.define({ name: 'measured', kind: row.kind, contains: 'default' })
    const options = { measured: [row.threshold] }
    if (row.verdict === 'unreadable') {
      expect(() => readThresholds(options, registry)).toThrow(ThresholdError)
      return
    }
    const [threshold] = readThresholds(options, registry)
    if (threshold === undefined) throw new Error('no threshold')
    const series = registry.series('measured', {})
    for (const sample of row.samples) series.add(sample)
    const { verdict, value } = judge(threshold, row.elapsed ?? 1_000)
    expect(verdict).toBe(row.verdict)
    if (row.value === undefined) expect(value).toBeUndefined()
    else expect(value).toBeCloseTo(row.value, 9)
  })
})

describe('executors', () => {
  test.each(read('executors.json') as ExecutorRow[])('$about', (row) => {
    const [plan] = readOptions({ scenarios: { golden: row.scenario } }).plans
    if (plan === undefined) throw new Error('no plan')
    const { starts, dropped, interrupted, mostActive, ended } = simulate(plan, row.iterationMs)
    expect({ iterations: starts.length - interrupted, interrupted, dropped }).toEqual({
      iterations: row.iterations,
      interrupted: row.interrupted ?? 0,
      dropped: row.dropped,
    })
    if (row.mostVus !== undefined) expect(mostActive).toBe(row.mostVus)
    if (row.ms !== undefined) expect(ended).toBeCloseTo(row.ms, 6)
  })
})
