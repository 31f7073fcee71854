// `--public` and `--withhold-until`: what of a result the reports show. The record kept for `report last` stays whole.
import { requirements } from '../catalogue/index.ts'
import { allChecks } from '../harness/check/plan.ts'
import { checkOf } from '../harness/check/unit-run.ts'
import type { Result } from '../harness/result/schema.ts'
import { forPublic } from '../reports/public/for-public.ts'
import { suites } from '../suites/index.ts'
import type { CheckOptions } from './options.ts'

/** Time that operators get to mend a hole before it is named, when no date is given: as long as is usual. */
export const usualDays = 90

export function published(
  result: Result,
  options: Pick<CheckOptions, 'public' | 'withholdUntil'>,
  today = new Date(),
): Result {
  if (!options.public) return result
  const day = (date: Date): string => date.toISOString().slice(0, 10)
  const usual = day(new Date(Date.parse(result.started) + usualDays * 86_400_000))
  return forPublic(result, { withholdUntil: options.withholdUntil ?? usual, today: day(today), isSecurity: security() })
}

/** Failing checks that look for what could be abused. */
export function holesOf(result: Result): string[] {
  const isSecurity = security()
  return result.findings
    .filter(({ verdict, check }) => verdict === 'fail' && isSecurity(check))
    .map(({ check }) => check)
}

function security(): (check: string) => boolean {
  const harmless = new Set(
    allChecks(suites)
      .filter(({ requirement }) => (requirements[requirement]?.impact ?? 'security') !== 'security')
      .map(({ id }) => id),
  )
  // What a result of another version calls by a name we do not know may be anything.
  return (check) => !harmless.has(checkOf(check))
}
