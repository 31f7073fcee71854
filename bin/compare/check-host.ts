// Checks one host by itself, for a comparison: as `check HOST` does, without its reports. Used by gather.ts.
import { budgetFor } from '../../harness/check/budget.ts'
import { runChecks } from '../../harness/check/run.ts'
import type { CoreBinary } from '../../harness/deltachat/binary.ts'
import type { TargetError } from '../../harness/host/target-error.ts'
import type { Result } from '../../harness/result/schema.ts'
import { suites } from '../../suites/index.ts'
import { announceBudget } from '../check/announce.ts'
import type { Inputs } from '../check/inputs.ts'
import { openTarget } from '../check/open-target.ts'
import { tellRemaining } from '../check/remaining.ts'
import { runOptions } from '../check/run-options.ts'
import { unreachedResult } from '../check/unreached.ts'
import { watchRun } from '../check/watch-run.ts'
import type { Io } from '../io.ts'
import type { CheckOptions } from '../options.ts'
import type { Target } from '../target.ts'
import { toolVersion } from '../version.ts'

export interface Checking {
  readonly options: CheckOptions
  readonly inputs: Inputs
  /** The same for every host of a comparison: same plan, order, sizes. */
  readonly seed: number
  readonly core: CoreBinary | undefined
  readonly interrupt: AbortSignal
  readonly io: Io
  readonly say: (text: string) => void
}

export interface Checked {
  readonly result: Result
  /** Why it could not be checked. */
  readonly error?: TargetError
}

export async function checkForComparison(target: Target, about: Checking): Promise<Checked> {
  const { options, inputs, seed, core, interrupt, io, say } = about
  const started = new Date()
  const reach = { ...inputs, iOperate: false, budget: budgetFor(inputs.selection) }
  const outcome = await openTarget(target, options, reach, { io, signal: interrupt, say })
  if ('error' in outcome) {
    const seconds = (Date.now() - started.getTime()) / 1_000
    const result = unreachedResult([{ ...outcome, seconds }], {
      seed,
      profile: `${options.profile}/1`,
      failOn: 'must',
      options: inputs.record,
      toolVersion: toolVersion(),
      interrupted: interrupt.aborted,
      started,
    })
    return { result, error: outcome.error }
  }
  const { host, reference, close } = outcome
  const watch = watchRun(options.public ? { ...options, quiet: true } : options, io)
  try {
    if (!reference) say(announceBudget(host, suites, inputs.selection, { core }, options.profile))
    const result = await runChecks({
      ...runOptions(options, inputs),
      hosts: [host],
      suites,
      core,
      seed,
      interrupt,
      onEvent: watch.onEvent,
      reference,
    })
    if (!reference) await tellRemaining(host, say)
    return { result }
  } finally {
    watch.end()
    await close()
  }
}
