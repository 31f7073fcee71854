// What a scenario file and the flags order together: which scenarios, and which thresholds. Used by the run and by exports.
import { OptionsError, type Plan, type RunOptions, readOptions } from '../schedule/scenario-options.ts'
import type { FromThread } from '../thread/protocol.ts'
import type { ThresholdOptions } from '../thresholds/thresholds.ts'
import { chatmailThresholds, engineThresholds } from './default-thresholds.ts'
import { applyFlags, type LoadFlags, thresholdsOfFlags } from './flags.ts'

export type LoadedFile = Extract<FromThread, { kind: 'loaded' }>

export interface Order {
  readonly scenario: RunOptions
  readonly plans: readonly Plan[]
  readonly thresholds: ThresholdOptions
}

/** Throws OptionsError. */
export function orderOf({ options, functions, needs }: LoadedFile, flags: LoadFlags): Order {
  const scenario = readOptions(options)
  const plans = applyFlags(scenario.plans, flags)
  for (const { name, exec } of plans) {
    if (!functions.includes(exec)) throw new OptionsError(`options.scenarios.${name}: there is no function "${exec}"`)
  }
  const thresholds = {
    ...engineThresholds,
    ...(needs === undefined ? {} : chatmailThresholds(needs)),
    ...scenario.thresholds,
    ...thresholdsOfFlags(flags),
  }
  return { scenario, plans, thresholds }
}
