// One defect alone, for whoever is writing it: what fails, and what the proof would say.
import { allChecks } from '../harness/check/plan.ts'
import { type DefectId, defects } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'
import { suites } from '../suites/index.ts'
import { judgeDefects, tryDefect } from './kill-matrix.ts'
import { showProblem } from './problem.ts'
import { runOnReference } from './reference-run.ts'

const all: Readonly<Record<string, Defect>> = defects

/** Runs every light check, and those of its requirement, against the defect. Gives the exit code. */
export async function showDefect(id: string): Promise<number> {
  const defect = all[id]
  if (!defect) {
    console.error(`no defect is called ${id}: see reference-server/defects/`)
    return 2
  }
  const checks = allChecks(suites)
  const only = checks
    .filter(
      (check) =>
        (check.needs?.cost ?? 'light') === 'light' ||
        check.requirement === defect.violates ||
        defect.alsoFails?.includes(check.id),
    )
    .map((check) => check.id)
  const calm = await runOnReference({ only, brisk: true, jobs: 8 })
  const outcome = await tryDefect(id as DefectId, only, calm.observations)
  console.log(`${id}: ${defect.title}`)
  console.log(`  violates  ${defect.violates}`)
  for (const check of outcome.failed) console.log(`  fails     ${check}`)
  for (const check of outcome.changed) console.log(`  changes   ${check}`)
  const problems = judgeDefects([outcome], checks).filter((problem) => problem.part === 'defect')
  for (const problem of problems) console.log(showProblem(problem))
  if (problems.length === 0) console.log('the proof would be content with it')
  return problems.length === 0 ? 0 : 1
}
