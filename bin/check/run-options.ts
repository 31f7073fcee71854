// What flags say of a run of checks, whatever hosts it has. Used by check, compare and watch.
import { requirements } from '../../catalogue/index.ts'
import type { RunOptions } from '../../harness/check/run.ts'
import type { CheckOptions } from '../options.ts'
import { toolVersion } from '../version.ts'
import type { Inputs } from './inputs.ts'

export function runOptions(
  options: CheckOptions,
  inputs: Inputs,
): Omit<RunOptions, 'hosts' | 'suites' | 'interrupt' | 'reference'> {
  return {
    catalogue: requirements,
    selection: inputs.selection,
    seed: inputs.seed,
    ...(options.timeout === undefined ? {} : { deadline: options.timeout }),
    failOn: options.failOn,
    requireComplete: options.requireComplete,
    knownFailing: inputs.knownFailing,
    evidence: options.evidence,
    toolVersion: toolVersion(),
    options: inputs.record,
  }
}
