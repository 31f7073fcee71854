// Part 1: on the conforming server, whatever permitted choices it takes, every check passes; nothing is tolerated or left open.
import { allChecks } from '../harness/check/plan.ts'
import { checkOf } from '../harness/check/unit-run.ts'
import type { Result } from '../harness/result/schema.ts'
import { suites } from '../suites/index.ts'
import type { Problem } from './problem.ts'
import { type ReferenceRun, runOnReference, withDeltaChat } from './reference-run.ts'

/**
 * `user`: as a user would run it, in full; `brisk`: without waiting for senders' allowances; `light`: brisk, without what is
 * slow or bulky.
 */
export type Pace = 'user' | 'brisk' | 'light'

export interface Baseline {
  readonly problems: readonly Problem[]
  /** Everything that was tested but by Delta Chat. */
  readonly result: Result
  readonly seconds: number
}

/** `core`: with Delta Chat as the judge, which costs half a minute. */
export async function proveBaseline(variant: number, pace: Pace, core: boolean): Promise<Baseline> {
  const started = performance.now()
  const brisk = pace !== 'user'
  const skip = ['deltachat/*', ...(pace === 'light' ? costly() : [])]
  const run = { variant, costs: ['bulk', 'intrusive'], seed: 100 + variant, brisk, jobs: brisk ? 8 : 4 } as const
  const result = await runOnReference({ ...run, skip })
  const problems = [...(await heldTwice(result, run))]
  if (core) {
    const withCore = { ...withDeltaChat, variant, brisk }
    problems.push(...(await heldTwice(await runOnReference({ ...withCore, only: ['deltachat/*'] }), withCore)))
  }
  return { problems, result, seconds: (performance.now() - started) / 1000 }
}

function costly(): string[] {
  return allChecks(suites).flatMap(({ id, needs }) => (needs?.cost === 'slow' || needs?.cost === 'bulk' ? [id] : []))
}

/** What did not pass is tried once more with nothing beside it, as users' findings are, before it counts. */
async function heldTwice({ findings }: Result, options: ReferenceRun): Promise<readonly Problem[]> {
  const suspects = new Set(findings.filter(({ verdict }) => verdict !== 'pass').map(({ check }) => checkOf(check)))
  if (suspects.size === 0) return []
  console.log(`again       ${[...suspects].join(', ')} on variant ${options.variant}`)
  const second = await runOnReference({ ...options, only: [...suspects], jobs: 1 })
  return second.findings
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ check, verdict, reason }) => ({
      part: 'baseline',
      about: check,
      text: `${verdict} on variant ${options.variant}: ${reason ?? ''}`,
    }))
}
