// Defects of the reference server that a run did not look at: without a word about them, CONFORMS would mislead.
import { allChecks } from '../../harness/check/plan.ts'
import type { Result } from '../../harness/result/schema.ts'
import { suites } from '../../suites/index.ts'
import type { Target } from '../target.ts'

/** One line a defect whose requirement no check of the run decided. */
export async function unseenDefects(targets: readonly Target[], result: Result): Promise<readonly string[]> {
  if (!targets.some((target) => target.kind === 'reference' && target.defects.length > 0)) return []
  const { knownDefects, loadDefects } = await import('../../reference-server/defects/index.ts')
  const known: Readonly<Record<string, { readonly violates: string }>> = knownDefects
  return targets.flatMap((target) =>
    target.kind !== 'reference'
      ? []
      : target.defects.flatMap((name) => {
          const requirement = known[name]?.violates
          const checks = allChecks(suites).filter((check) => check.requirement === requirement)
          const decided = checks.some(
            ({ id }) =>
              result.findings.some(
                ({ check, host, verdict }) => check === id && host === target.text && verdict !== 'skipped',
              ) || result.observations.some((seen) => seen.id === id && seen.host === target.text),
          )
          if (Object.hasOwn(loadDefects, name)) {
            return [`Checks send too little to see ${name}: chatmail-check load steady ${target.text} does.`]
          }
          return decided
            ? []
            : [`No check of this run looked at ${name}: chatmail-check explain ${name} says which does.`]
        }),
  )
}
