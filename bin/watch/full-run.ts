// A full run of a host beside the rounds of a watch: the checks of a profile, without those that make accounts of their own once
// accounts are kept. Used by the watch, at most once a day a host.
import { budgetFor } from '../../harness/check/budget.ts'
import { runChecks } from '../../harness/check/run.ts'
import type { Needs, Suite } from '../../harness/check/types.ts'
import type { CoreBinary } from '../../harness/deltachat/binary.ts'
import type { Result } from '../../harness/result/schema.ts'
import type { FullRun } from '../../harness/watch/round.ts'
import { worded } from '../../reports/words.ts'
import { suites } from '../../suites/index.ts'
import { readInputs } from '../check/inputs.ts'
import { openTarget } from '../check/open-target.ts'
import { runOptions } from '../check/run-options.ts'
import type { Io } from '../io.ts'
import { type RawOptions, readOptions } from '../options.ts'
import type { Target } from '../target.ts'

/** Its account is made once, and its mail is looked after by each full run. */
const planted = 'retention/planted-mail'

export interface FullContext {
  readonly io: Io
  readonly flags: RawOptions
  /** The user runs the host: its wish not to be checked does not hold. */
  readonly isOurs: boolean
  readonly core: CoreBinary | undefined
  readonly signal: AbortSignal
  /** Whether accounts may be made: at the first run of a host. */
  readonly makesAccounts: boolean
}

/** Undefined when the host cannot be reached, or when the watch is stopped: the rounds tell that. */
export async function fullRun(
  target: Target,
  { io, flags, isOurs, core, signal, makesAccounts }: FullContext,
): Promise<{ readonly result: Result; readonly entry: FullRun } | undefined> {
  const started = new Date()
  const options = readOptions(flags)
  const inputs = await readInputs(options, [target], suites, io.cwd)
  const budget = budgetFor(inputs.selection)
  const chosen = makesAccounts ? suites : suites.map(withoutMakers)
  const reach = {
    ...inputs,
    iOperate: isOurs,
    budget: makesAccounts ? budget : { ...budget, freshAccounts: 1 },
  }
  const opened = await openTarget(target, options, reach, { io, signal, say: () => {} })
  if ('error' in opened) return undefined
  try {
    const result = await runChecks({
      ...runOptions(options, inputs),
      hosts: [opened.host],
      suites: chosen,
      core,
      interrupt: signal,
      reference: opened.reference,
    })
    if (signal.aborted) return undefined
    return {
      result,
      entry: {
        kind: 'full',
        host: target.text,
        at: started.toISOString(),
        verdict: result.gate.verdict,
        problems: worded(result, result.findings, 'PROBLEM').map(({ check }) => check),
      },
    }
  } finally {
    await opened.close()
  }
}

function withoutMakers(suite: Suite): Suite {
  const stays = ({ id, needs }: { readonly id: string; readonly needs?: Needs }) => !needs?.creates || id === planted
  return { ...suite, checks: suite.checks.filter(stays), batches: suite.batches.filter(stays) }
}
