// Part 1: on the conforming server, whatever permitted choices it takes, every check passes; nothing is tolerated or left open.
import type { Result } from '../harness/result/schema.ts'
import type { Problem } from './problem.ts'
import { runOnReference, withDeltaChat } from './reference-run.ts'

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
    const result = await runOnReference({
      variant,
      costs: ['bulk', 'intrusive'],
      skip: ['deltachat/*'],
      seed: 100 + variant,
      ...(brisk ? { brisk, jobs: 8 } : {}),
    })
    first ??= result
    // Delta Chat as the judge costs half a minute a run: on the first variant and on the one furthest from it.
    const core =
      variant === variants[0] || variant === variants.at(-1)
        ? await runOnReference({ ...withDeltaChat, variant, only: ['deltachat/*'], ...(brisk ? { brisk } : {}) })
        : undefined
    for (const finding of [...result.findings, ...(core?.findings ?? [])]) {
      if (finding.verdict === 'pass') continue
      problems.push({
        part: 'baseline',
        about: finding.check,
        text: `${finding.verdict} on variant ${variant}: ${finding.reason ?? ''}`,
      })
    }
  }
  if (!first) throw new Error('the baseline needs at least one variant')
  return { problems, result: first, seconds: (performance.now() - started) / 1000 }
}
