// Part 5: what checks tolerate is exercised: a legitimate variation must yield `tolerated` where it says, and `pass` elsewhere.
import { allChecks } from '../harness/check/plan.ts'
import type { Result } from '../harness/result/schema.ts'
import { variations } from '../reference-server/variations/index.ts'
import type { Variation } from '../reference-server/variations/types.ts'
import { suites } from '../suites/index.ts'
import type { Problem } from './problem.ts'
import { hastyTiming, runOnReference } from './reference-run.ts'

const all: Readonly<Record<string, Variation>> = variations

export interface VariationOutcome {
  readonly problems: readonly Problem[]
  /** Checks that said `tolerated`. */
  readonly tolerated: readonly string[]
}

/** Slow and bulky checks that the variation does not name: they would say nothing of it. */
function costly(named: readonly string[]): string[] {
  return allChecks(suites)
    .filter((check) => (check.needs?.cost ?? 'light') !== 'light' && !named.includes(check.id))
    .map((check) => check.id)
}

export async function tryVariation(id: string): Promise<VariationOutcome> {
  const variation = all[id]
  if (!variation) throw new Error(`no variation ${id}`)
  const result = await runOnReference({
    behaviour: variation.behaviour,
    costs: ['intrusive'],
    skip: costly(variation.toleratedBy),
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
