// A load run as test cases: one a threshold, one a gate of validity. Used by the JUnit renderer.
import type { LoadRecord } from '../harness/result/load-schema.ts'

export interface LoadCase {
  readonly name: string
  readonly group: 'threshold' | 'validity'
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped'
  readonly type: string
  readonly message: string
}

/** Red for what makes the exit code red: of a run that is not valid, or did not end by itself, thresholds say nothing. */
export function loadCases(load: LoadRecord): readonly LoadCase[] {
  const says = load.verdict === 'pass' || load.verdict === 'fail'
  const marked: readonly LoadCase[] =
    load.marked === undefined
      ? []
      : [{ name: 'exec.test.fail()', group: 'threshold', outcome: 'failure', type: 'marked', message: load.marked }]
  return [
    ...marked,
    ...load.validity.map(({ gate, holds, value, wanted, advice }): LoadCase => {
      const name = { name: gate, group: 'validity' } as const
      if (holds) return { ...name, outcome: 'passed', type: '', message: '' }
      return { ...name, outcome: 'error', type: 'invalid', message: `was ${value}, wanted ${wanted}: ${advice}` }
    }),
    ...load.thresholds.map(({ metric, threshold, verdict, value }): LoadCase => {
      const name = { name: `${metric} ${threshold}`, group: 'threshold' } as const
      const message = verdict === 'no-data' ? 'nothing was measured' : `was ${value}`
      if (!says) return { ...name, outcome: 'skipped', type: '', message: `${load.verdict}: ${message}` }
      if (verdict === 'pass') return { ...name, outcome: 'passed', type: '', message: '' }
      return { ...name, outcome: 'failure', type: verdict, message }
    }),
    ...(load.stopped === undefined ? [] : [ended(load.stopped)]),
  ]
}

function ended(reason: string): LoadCase {
  return { name: 'runs to its end', group: 'validity', outcome: 'error', type: 'stopped', message: reason }
}
