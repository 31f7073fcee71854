// What the workers are to do: for each part of the proof, its tasks. Those that need to know what the checks see trace it first.
import { allChecks } from '../harness/check/plan.ts'
import { matrixText } from '../harness/diagnosis/matrix.ts'
import { readMatrix } from '../harness/diagnosis/read-matrix.ts'
import type { Result } from '../harness/result/schema.ts'
import { type DefectId, defects } from '../reference-server/defects/index.ts'
import { type PresetId, presets } from '../reference-server/presets/index.ts'
import { variations } from '../reference-server/variations/index.ts'
import { suites } from '../suites/index.ts'
import { randomPairs } from './diagnosis.ts'
import { reachers } from './hostile.ts'
import { type Share, traceImpact } from './impact.ts'
import { aboutDefect, checksFor, isQuick } from './kill-matrix.ts'
import type { Problem } from './problem.ts'
import { runOnReference } from './reference-run.ts'
import { hostilities, stages } from './stage-proxy.ts'
import type { Task } from './task.ts'
import { checksForVariation } from './variation.ts'

/** Permitted choices are taken differently by each of these seeds, beside the first, 0. */
const furtherVariants = [1, 2, 3, 4]

export type Part = 'baseline' | 'kills' | 'defects' | 'variations' | 'presets' | 'hostile' | 'diagnosis' | 'coverage'

/** `kills`: each defect on the quick checks that it is about, without bystanders and Delta Chat. */
export const parts: readonly Part[] = [
  'baseline',
  'kills',
  'defects',
  'variations',
  'presets',
  'hostile',
  'diagnosis',
  'coverage',
]

/** Of the pairs of defects that are diagnosed. */
const seedOfPairs = 4
const pairsTried = 30

export interface Tasks {
  readonly tasks: readonly Task[]
  readonly problems: readonly Problem[]
}

/** Longest first, so that none is left over at the end. `share` leaves many bystanders out. */
export async function tasksOf(
  wanted: readonly Part[],
  observations: Result['observations'],
  share?: Share,
): Promise<Tasks> {
  const checks = allChecks(suites)
  const tasks: Task[] = []
  const problems: Problem[] = []
  const recorded = new Map(readMatrix(matrixText).map((death) => [death.defect, death]))
  if (wanted.includes('presets'))
    for (const id of Object.keys(presets) as PresetId[]) tasks.push({ kind: 'preset', id })
  if (wanted.includes('baseline')) for (const variant of furtherVariants) tasks.push({ kind: 'baseline', variant })
  const traced: readonly Part[] = ['defects', 'variations', 'diagnosis']
  const impact = traced.some((part) => wanted.includes(part)) ? await traceImpact() : {}
  if (wanted.includes('defects'))
    for (const id of Object.keys(defects) as DefectId[])
      tasks.push({ kind: 'defect', id, checks: checksFor(id, checks, impact, share), observations })
  else if (wanted.includes('kills'))
    for (const id of Object.keys(defects) as DefectId[]) {
      const about = new Set(aboutDefect(id, checks))
      const quick = checks.filter((check) => about.has(check.id) && isQuick(check))
      const spares = recorded.get(id)?.spares ?? []
      if (quick.some((check) => check.requirement === defects[id].violates && !spares.includes(check.id)))
        tasks.push({ kind: 'defect', id, checks: quick.map((check) => check.id), observations })
    }
  if (wanted.includes('diagnosis'))
    for (const pair of randomPairs(seedOfPairs, pairsTried)) {
      const tried = new Set(pair.flatMap((id) => checksFor(id, checks, impact, share)))
      tasks.push({ kind: 'pair', pair, checks: [...tried] })
    }
  if (wanted.includes('variations'))
    for (const id of Object.keys(variations))
      tasks.push({ kind: 'variation', id, checks: checksForVariation(id, impact, share) })
  if (wanted.includes('hostile')) {
    const calm = await runOnReference({ evidence: 'all', costs: ['intrusive'], skip: ['deltachat/*'] })
    for (const stage of stages) {
      const reaching = reachers(stage, calm, checks)
      if (reaching.length === 0) problems.push({ part: 'hostile', about: stage.id, text: 'no check gets there' })
      else
        for (const hostility of hostilities)
          tasks.push({ kind: 'hostile', stage: stage.id, hostility, checks: reaching })
    }
  }
  return { tasks, problems }
}
