// Writes the recorded kill matrix, which the diagnosis of a run reads (`npm run matrix`), and says where it is out of date.
// The proof holds each defect to fail some checks of its requirement and exactly those of `alsoFails` beside them. So only
// which checks of the requirement fail has to be seen, and only where there are several.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { allChecks } from '../harness/check/plan.ts'
import type { CheckMeta } from '../harness/check/types.ts'
import { matrixText } from '../harness/diagnosis/matrix.ts'
import { type Death, readMatrix, writeMatrix } from '../harness/diagnosis/read-matrix.ts'
import { type DefectId, defects } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'
import { suites } from '../suites/index.ts'
import type { DefectOutcome } from './kill-matrix.ts'
import type { Problem } from './problem.ts'
import { nameOf, type Task } from './task.ts'
import { spread } from './workers.ts'

const all: Readonly<Record<string, Defect>> = defects

/** Two processes: what is recorded should not be the fault of a busy machine. */
const processes = 2

/** Writes what is missing or out of date, and those named anew. Gives the exit code. */
export async function recordMatrix(anew: readonly string[]): Promise<number> {
  const unknown = anew.filter((id) => !(id in all))
  if (unknown.length > 0) {
    console.error(`no defect is called ${unknown.join(', ')}: see reference-server/defects/`)
    return 2
  }
  const checks = allChecks(suites)
  const known = new Map(readMatrix(matrixText).map((death) => [death.defect, death]))
  const deaths = new Map<string, Death>()
  const open: DefectId[] = []
  for (const id of Object.keys(all) as DefectId[]) {
    if (isHabit(id, checks)) continue
    const before = anew.includes(id) ? undefined : known.get(id)
    const death = settled(id, checks) ?? (before && refreshed(before, checks))
    if (death) deaths.set(id, death)
    else open.push(id)
  }
  const tasks: Task[] = open.map((id) => ({ kind: 'defect', id, checks: [...judging(id, checks)], observations: [] }))
  const outcomes = await spread(tasks, processes, (task) => console.log(`tried       ${nameOf(task)}`))
  const silent: string[] = []
  for (const [at, id] of open.entries()) {
    const outcome = outcomes[at]
    const failed = outcome?.kind === 'defect' ? outcome.outcome.failed : []
    if (failed.length === 0) silent.push(id)
    else deaths.set(id, deathOf(id, checks, failed))
  }
  const text = writeMatrix(Object.keys(all).flatMap((id) => deaths.get(id) ?? []))
  const file = join(import.meta.dirname, '../harness/diagnosis/matrix.ts')
  const page = await readFile(file, 'utf8')
  await writeFile(
    file,
    page.replace(/`\n[^`]*`\n$/, () => `\`\n${text}\`\n`),
  )
  console.log(`matrix      ${deaths.size} defects, ${open.length} of them tried now`)
  for (const id of silent)
    console.log(`            ${id} failed no check of its requirement: npm run prove -- defect ${id}`)
  return silent.length === 0 ? 0 : 1
}

/** Where the record is out of date; needs no run. */
export function staleEntries(text: string): readonly string[] {
  const checks = allChecks(suites)
  const deaths = new Map(readMatrix(text).map((death) => [death.defect, death]))
  const wrong = (Object.keys(all) as DefectId[]).flatMap((id) => {
    const death = deaths.get(id)
    if (isHabit(id, checks)) return death ? [`${id} is a habit, which fails no check`] : []
    if (!death) return [`${id} is missing`]
    const now = settled(id, checks) ?? refreshed(death, checks)
    return now && writeMatrix([now]) === writeMatrix([death]) ? [] : [`${id} is out of date`]
  })
  return [...wrong, ...[...deaths.keys()].filter((id) => !(id in all)).map((id) => `${id} is no defect any more`)]
}

/** What the proof saw, held against the record. */
export function judgeRecord(outcomes: readonly DefectOutcome[]): Problem[] {
  const deaths = new Map(readMatrix(matrixText).map((death) => [death.defect, death]))
  return outcomes.flatMap(({ defect, failed }) => {
    const fails = deaths.get(defect)?.fails ?? []
    const differing = [...failed.filter((id) => !fails.includes(id)), ...fails.filter((id) => !failed.includes(id))]
    if (differing.length === 0) return []
    const text = `the recorded matrix is wrong about ${differing.join(', ')}: npm run matrix ${defect}`
    return [{ part: 'diagnosis' as const, about: defect, text }]
  })
}

/** What changes an observation and nothing else. */
function isHabit(id: DefectId, checks: readonly CheckMeta[]): boolean {
  return judging(id, checks).length === 0 && (all[id]?.alsoFails ?? []).length === 0
}

/** A defect of a requirement with one check, or with none that judges, can be told without a run. */
function settled(id: DefectId, checks: readonly CheckMeta[]): Death | undefined {
  const own = judging(id, checks)
  return own.length <= 1 ? deathOf(id, checks, own) : undefined
}

/** The record with today's words; undefined when there are checks that it does not know. */
function refreshed(before: Death, checks: readonly CheckMeta[]): Death | undefined {
  const own = judging(before.defect as DefectId, checks)
  const seen = new Set([...before.fails, ...before.spares])
  const failed = own.filter((check) => before.fails.includes(check))
  const same = all[before.defect]?.violates === before.violates && own.every((check) => seen.has(check))
  return same && failed.length > 0 ? deathOf(before.defect, checks, failed) : undefined
}

function deathOf(defect: string, checks: readonly CheckMeta[], failed: readonly string[]): Death {
  const { title = '', violates = '', alsoFails = [] } = all[defect] ?? {}
  const fails = checks.map(({ id }) => id).filter((id) => failed.includes(id) || alsoFails.includes(id))
  return {
    defect,
    title,
    violates,
    fails,
    spares: judging(defect as DefectId, checks).filter((id) => !fails.includes(id)),
  }
}

/** The checks of its requirement that judge. */
function judging(id: DefectId, checks: readonly CheckMeta[]): readonly string[] {
  return checks.filter((check) => check.requirement === all[id]?.violates && !check.observes).map((check) => check.id)
}
