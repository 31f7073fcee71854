// Part 6: requirement x checks x defects, and what of the behaviour list is covered, by what, or why not.
import { behaviours } from '../catalogue/behaviours.ts'
import { requirements } from '../catalogue/index.ts'
import type { CheckMeta } from '../harness/check/types.ts'
import { defects } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'
import type { DefectOutcome } from './kill-matrix.ts'
import type { Problem } from './problem.ts'
import { witnesses } from './witnesses.ts'

const all: Readonly<Record<string, Defect>> = defects

export function coverageProblems(checks: readonly CheckMeta[]): Problem[] {
  const problems: Problem[] = []
  const problem = (about: string, text: string) => problems.push({ part: 'coverage', about, text })
  const observed = new Set(checks.filter((check) => check.observes).map((check) => check.requirement))
  for (const [id, requirement] of Object.entries(requirements)) {
    if (!checks.some((check) => check.requirement === id)) problem(id, 'no check verifies it')
    if (!Object.values(all).some((defect) => defect.violates === id)) problem(id, 'no defect violates it')
    for (const covered of requirement.covers ?? []) {
      if (!(covered in behaviours)) problem(id, `covers ${covered}, which the behaviour list does not know`)
    }
    if (
      requirement.level === 'must' &&
      !observed.has(id as CheckMeta['requirement']) &&
      (witnesses[id] ?? []).length === 0
    ) {
      problem(id, 'a must without a witness nobody here wrote')
    }
  }
  const ids = new Set(checks.map((check) => check.id))
  for (const [id, defect] of Object.entries(all)) {
    if (!(defect.violates in requirements))
      problem(id, `violates ${defect.violates}, which the catalogue does not know`)
    for (const also of defect.alsoFails ?? [])
      if (!ids.has(also)) problem(id, `alsoFails names ${also}, which is no check`)
  }
  const covered = new Set(Object.values(requirements).flatMap((requirement) => requirement.covers ?? []))
  for (const [id, behaviour] of Object.entries(behaviours)) {
    const untested = behaviour.untested !== undefined
    if (!untested && !covered.has(id)) problem(id, 'neither covered by a requirement nor said to be untested')
    if (untested && covered.has(id)) problem(id, 'said to be untested, but a requirement covers it')
  }
  return problems
}

export function coverageTable(checks: readonly CheckMeta[], outcomes: readonly DefectOutcome[]): string {
  const rows = Object.entries(requirements).map(([id, requirement]) => {
    const verifying = checks.filter((check) => check.requirement === id).length
    const violating = Object.values(all).filter((defect) => defect.violates === id).length
    const by = (witnesses[id] ?? []).map((witness) => witness.by)
    return [id, requirement.level, String(verifying), String(violating), [...new Set(by)].join(', ') || '-']
  })
  const head = ['requirement', 'level', 'checks', 'defects', 'witness']
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd()
  const listed = Object.values(behaviours)
  const untested = listed.filter((behaviour) => behaviour.untested !== undefined).length
  return [
    line(head),
    ...rows.map(line),
    `${rows.length} requirements, ${checks.length} checks, ${Object.keys(all).length} defects (${outcomes.length} tried); behaviour list: ${listed.length - untested} covered, ${untested} untested with a reason`,
  ].join('\n')
}
