// Part 1: on the conforming server, whatever permitted choices it takes, every check passes; nothing is tolerated or left open.
import { checkOf } from '../harness/check/unit-run.ts'
import type { Result } from '../harness/result/schema.ts'
import type { Problem } from './problem.ts'
import { type ReferenceRun, runOnReference, withDeltaChat } from './reference-run.ts'

export interface Baseline {
  readonly problems: readonly Problem[]
  /** The run on variant 0, with everything that was tested but by Delta Chat. */
  readonly result: Result
  readonly seconds: number
}

export async function proveBaseline(variants: readonly number[]): Promise<Baseline> {
  const started = performance.now()
  const problems: Problem[] = []
  let first: Result | undefined
  for (const variant of variants) {
    // The first one is as a user would run it; the others do not wait for senders' allowances.
    const brisk = first !== undefined
    const asUser = { variant, costs: ['bulk', 'intrusive'], seed: 100 + variant } as const
    const result = await runOnReference({ ...asUser, skip: ['deltachat/*'], ...(brisk ? { brisk, jobs: 8 } : {}) })
    first ??= result
    problems.push(...(await heldTwice(result, { ...asUser, brisk })))
    // Delta Chat as the judge costs half a minute a run: on the first variant and on the one furthest from it.
    if (variant !== variants[0] && variant !== variants.at(-1)) continue
    const withCore = { ...withDeltaChat, variant, brisk }
    problems.push(...(await heldTwice(await runOnReference({ ...withCore, only: ['deltachat/*'] }), withCore)))
  }
  if (!first) throw new Error('the baseline needs at least one variant')
  return { problems, result: first, seconds: (performance.now() - started) / 1000 }
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
