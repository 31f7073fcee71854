// Part 5: what checks tolerate is exercised: a legitimate variation must yield `tolerated` where it says, and `pass` elsewhere.
import type { Result } from '../harness/result/schema.ts'
import { variations } from '../reference-server/variations/index.ts'
import type { Variation } from '../reference-server/variations/types.ts'
import { type Impact, type Share, shareOf, touched } from './impact.ts'
import type { Problem } from './problem.ts'
import { hastyTiming, runOnReference } from './reference-run.ts'

const all: Readonly<Record<string, Variation>> = variations

export interface VariationOutcome {
  readonly problems: readonly Problem[]
  /** Checks that said `tolerated`. */
  readonly tolerated: readonly string[]
}

/** What a variation is tried on: the checks that tolerate it, and its bystanders, which must pass. */
export function checksForVariation(id: string, impact: Impact, share?: Share): string[] {
  const { behaviour, toleratedBy } = variationOf(id)
  const bystanders = touched(impact, behaviour).filter((check) => !toleratedBy.includes(check))
  return [...toleratedBy, ...shareOf(bystanders, share)]
}

function variationOf(id: string): Variation {
  const variation = all[id]
  if (!variation) throw new Error(`no variation ${id}`)
  return variation
}

export async function tryVariation(id: string, checks: readonly string[]): Promise<VariationOutcome> {
  const variation = variationOf(id)
  const result = await runOnReference({
    behaviour: variation.behaviour,
    costs: ['bulk', 'intrusive'],
    only: checks,
    jobs: 8,
    brisk: true,
    timing: hastyTiming,
  })
  const problems: Problem[] = []
  const tolerated = result.findings.filter((finding) => finding.verdict === 'tolerated').map((finding) => finding.check)
  for (const finding of result.findings) {
    const expected = variation.toleratedBy.includes(finding.check) ? ['tolerated'] : ['pass', 'unsupported', 'skipped']
    if (expected.includes(finding.verdict)) continue
    problems.push({
      part: 'variation',
      about: id,
      text: `${finding.check} says ${finding.verdict}, not ${expected[0]}: ${finding.reason ?? ''}`,
    })
  }
  return { problems, tolerated }
}

/** Every check that holds an alternative out must have been seen to take it. */
export function judgeTolerance(baseline: Result, tolerated: ReadonlySet<string>): Problem[] {
  return baseline.findings
    .filter(
      (finding) => finding.expectations.some((item) => item.alternative !== undefined) && !tolerated.has(finding.check),
    )
    .map((finding) => ({ part: 'variation', about: finding.check, text: 'tolerates something that no variation does' }))
}
