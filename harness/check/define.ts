// How suites write checks down: plain data with a little typing.
import type { Area } from '../../catalogue/types.ts'
import type { Batch, Check, Suite } from './types.ts'

export function check(definition: Check): Check {
  return definition
}

/** A check that reports a value and judges nothing. */
export function observation(definition: Omit<Check, 'observes'>): Check {
  return { ...definition, observes: true }
}

export function batch(definition: Batch): Batch {
  return definition
}

export function suite(area: Area, parts: { checks: readonly Check[]; batches?: readonly Batch[] }): Suite {
  return { area, checks: parts.checks, batches: parts.batches ?? [] }
}
