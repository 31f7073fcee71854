// As with a server, so with the proof: what went wrong once on a busy machine has to go wrong twice, with nothing beside it.
import type { CheckMeta } from '../harness/check/types.ts'
import { defects } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'
import { decidedFrom, placeOfPair } from './diagnosis.ts'
import { judgeDefects } from './kill-matrix.ts'
import { nameOf, type Task, type TaskOutcome } from './task.ts'
import { spread } from './workers.ts'

const catalogueOfDefects: Readonly<Record<string, Defect>> = defects

/** The outcomes, with those of a second, lonely try where the first one was suspect. */
export async function trySuspectsAgain(
  tasks: readonly Task[],
  outcomes: readonly TaskOutcome[],
  checks: readonly CheckMeta[],
  alone: boolean,
): Promise<readonly TaskOutcome[]> {
  const spared = requirementsSpared(outcomes, checks, alone)
  const suspects = tasks.flatMap((task, at) =>
    isSuspect(task, outcomes[at], checks, alone) || (task.kind === 'defect' && spared.has(violated(task.id)))
      ? [{ task, at }]
      : [],
  )
  if (suspects.length === 0) return outcomes
  console.log(`again       ${suspects.map(({ task }) => nameOf(task)).join('; ')}`)
  const second = await spread(
    suspects.map(({ task }) => task),
    1,
    () => {},
  )
  const after = [...outcomes]
  for (const [n, { at }] of suspects.entries()) after[at] = second[n] ?? (outcomes[at] as TaskOutcome)
  return after
}

/** Requirements with a check that no defect has made fail. */
function requirementsSpared(
  outcomes: readonly TaskOutcome[],
  checks: readonly CheckMeta[],
  alone: boolean,
): ReadonlySet<string> {
  const tried = outcomes.flatMap((outcome) => (outcome.kind === 'defect' ? [outcome.outcome] : []))
  if (tried.length === 0) return new Set()
  const spared = judgeDefects(tried, checks, alone).filter(({ part }) => part === 'kill')
  const requirementOf = new Map(checks.map(({ id, requirement }) => [id, requirement]))
  return new Set(spared.map(({ about }) => requirementOf.get(about) ?? ''))
}

function violated(defect: string): string {
  return catalogueOfDefects[defect]?.violates ?? ''
}

function isSuspect(
  task: Task,
  outcome: TaskOutcome | undefined,
  checks: readonly CheckMeta[],
  alone: boolean,
): boolean {
  if (!outcome || outcome.kind === 'crash') return true
  if (outcome.kind === 'defect')
    return judgeDefects([outcome.outcome], checks, alone).some(({ part }) => part === 'defect')
  if (outcome.kind === 'pair') {
    const tried = task.kind === 'pair' ? task.checks : []
    return placeOfPair(outcome.outcome.pair, decidedFrom(outcome.outcome, tried, checks)) < 0
  }
  return outcome.outcome.problems.length > 0
}
