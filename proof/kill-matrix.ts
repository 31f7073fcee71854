// Parts 2 and 3: every check dies by at least one defect, and every defect is caught by a check of the requirement it violates.

import type { CheckMeta } from '../harness/check/types.ts'
import { checkOf } from '../harness/check/unit-run.ts'
import type { Result } from '../harness/result/schema.ts'
import { type DefectId, defects } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'
import { type Impact, type Share, shareOf, touched } from './impact.ts'
import type { Problem } from './problem.ts'
import { hastyTiming, runOnReference, withDeltaChat } from './reference-run.ts'

export interface DefectOutcome {
  readonly defect: DefectId
  /** Check ids that failed. */
  readonly failed: readonly string[]
  /** Check ids that passed. */
  readonly held: readonly string[]
  /** Observation ids whose value changed. */
  readonly changed: readonly string[]
  readonly errors: readonly string[]
  readonly seconds: number
}

const catalogueOfDefects: Readonly<Record<string, Defect>> = defects

/** The checks that a defect is about: those of the requirement it violates, and those that it says fail too. */
export function aboutDefect(id: DefectId, checks: readonly CheckMeta[]): string[] {
  const defect = catalogueOfDefects[id]
  if (!defect) throw new Error(`no defect ${id}`)
  return checks
    .filter((check) => check.requirement === defect.violates || defect.alsoFails?.includes(check.id))
    .map((check) => check.id)
}

/**
 * What a defect is tried on: the checks it is about, and its bystanders, which by the trace could see it and must not fail.
 * With a share, some of them stand for all (impact.ts), but for observations, which any defect may change.
 */
export function checksFor(id: DefectId, checks: readonly CheckMeta[], impact: Impact, share?: Share): string[] {
  const about = aboutDefect(id, checks)
  const observing = new Set(checks.filter(({ observes }) => observes).map((check) => check.id))
  const bystanders = touched(impact, catalogueOfDefects[id]?.behaviour ?? {}).filter((check) => !about.includes(check))
  const judging = bystanders.filter((check) => !observing.has(check))
  return [...about, ...bystanders.filter((check) => observing.has(check)), ...shareOf(judging, share)]
}

export async function tryDefect(
  id: DefectId,
  only: readonly string[],
  baseline: Result['observations'],
): Promise<DefectOutcome> {
  const started = performance.now()
  const results = await runDefective([id], only)
  const { failed, held } = decidedIn(results)
  const findings = results.flatMap((result) => result.findings)
  const before = new Map(baseline.map((item) => [item.id, item.value]))
  return {
    defect: id,
    failed,
    held,
    changed: results
      .flatMap((result) => result.observations)
      .filter((item) => before.has(item.id) && before.get(item.id) !== item.value)
      .map((item) => item.id),
    errors: findings
      .filter((finding) => finding.verdict === 'error')
      .map((finding) => `${finding.check}: ${finding.reason}`),
    seconds: (performance.now() - started) / 1000,
  }
}

/** The checks on a server with these defects; those with Delta Chat core on one that it believes. */
export async function runDefective(ids: readonly DefectId[], only: readonly string[]): Promise<readonly Result[]> {
  // What is wrong with the allowances shows only where they are as they should be.
  const brisk = ids.every((id) => catalogueOfDefects[id]?.behaviour.limits === undefined)
  const defective = { defects: ids, jobs: 8, brisk, timing: hastyTiming }
  const [core, others] = [only.filter(usesCore), only.filter((check) => !usesCore(check))]
  return [
    ...(others.length > 0 ? [await runOnReference({ ...defective, only: others })] : []),
    ...(core.length > 0
      ? [await runOnReference({ ...defective, ...withDeltaChat, timing: clientTiming, only: core })]
      : []),
  ]
}

/** Ids of the checks that failed, and of those that held; the others decided nothing. */
export function decidedIn(results: readonly Result[]): Pick<DefectOutcome, 'failed' | 'held'> {
  const findings = results.flatMap((result) => result.findings)
  const ids = (...verdicts: readonly string[]) => [
    ...new Set(findings.filter(({ verdict }) => verdicts.includes(verdict)).map(({ check }) => checkOf(check))),
  ]
  const failed = ids('fail')
  return { failed, held: ids('pass', 'tolerated').filter((id) => !failed.includes(id)) }
}

/** A client that encrypts takes longer than our own. */
const clientTiming = { ...hastyTiming, arrival: 2_000 }

const usesCore = (check: string) => check.startsWith('deltachat/')

/** `alone`: the defects were tried without bystanders. */
export function judgeDefects(
  outcomes: readonly DefectOutcome[],
  checks: readonly CheckMeta[],
  alone = false,
): Problem[] {
  const problems: Problem[] = []
  const killed = new Set(outcomes.flatMap((outcome) => [...outcome.failed, ...outcome.changed]))
  for (const check of checks.filter((item) => !alone || killedAlone(item))) {
    if (!killed.has(check.id)) {
      const text = check.observes ? 'no defect changes what it observes' : 'no defect makes it fail'
      problems.push({ part: 'kill', about: check.id, text })
    }
  }
  const byId = new Map(checks.map((check) => [check.id, check]))
  for (const outcome of outcomes) {
    const defect = catalogueOfDefects[outcome.defect]
    if (!defect) continue
    const problem = (text: string) => problems.push({ part: 'defect', about: outcome.defect, text })
    const own = [...outcome.failed, ...outcome.changed].filter((id) => byId.get(id)?.requirement === defect.violates)
    if (own.length === 0)
      problem(`is caught by no check of ${defect.violates}; failing: ${outcome.failed.join(', ') || 'nothing'}`)
    const allowed = new Set(defect.alsoFails ?? [])
    const others = outcome.failed.filter((id) => !allowed.has(id) && byId.get(id)?.requirement !== defect.violates)
    if (others.length > 0) problem(`also fails ${others.join(', ')}, which alsoFails does not say`)
    // Some fail only in the company of others, by what those left in the accounts.
    const spared = alone ? [] : [...allowed].filter((id) => !outcome.failed.includes(id))
    if (spared.length > 0) problem(`alsoFails names ${spared.join(', ')}, which did not fail`)
    for (const error of outcome.errors) problem(`our own trouble: ${error}`)
  }
  return problems
}

/** What the short proof has time for: nothing that waits long or sends much, and no Delta Chat. */
export function isQuick({ id, needs }: CheckMeta): boolean {
  return needs?.cost !== 'slow' && needs?.cost !== 'bulk' && !usesCore(id)
}

/** Some observations change only under defects that are about other things. */
function killedAlone(check: CheckMeta): boolean {
  return !check.observes && isQuick(check)
}
