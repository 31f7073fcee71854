// `npm run prove`: shows that the checks tell the truth, prints the coverage table, and fails on any gap.
import { availableParallelism } from 'node:os'
import { allChecks } from '../harness/check/plan.ts'
import type { CheckMeta } from '../harness/check/types.ts'
import { type DefectId, defects } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'
import { type PresetId, presets } from '../reference-server/presets/index.ts'
import { variations } from '../reference-server/variations/index.ts'
import { suites } from '../suites/index.ts'
import { proveBaseline } from './baseline.ts'
import { writeCatalogue } from './catalogue-page.ts'
import { coverageProblems, coverageTable } from './coverage.ts'
import { decidedFrom, judgeDiagnosis, type PairOutcome, placeOf, randomPairs, recordedSingles } from './diagnosis.ts'
import { reachers } from './hostile.ts'
import { traceImpact } from './impact.ts'
import { checksFor, type DefectOutcome, judgeDefects } from './kill-matrix.ts'
import { showDefect } from './one-defect.ts'
import { type Problem, showProblem } from './problem.ts'
import { judgeRecord, recordMatrix } from './record-matrix.ts'
import { runOnReference } from './reference-run.ts'
import { hostilities, stages } from './stage-proxy.ts'
import { nameOf, type Task, type TaskOutcome } from './task.ts'
import { judgeTolerance } from './variation.ts'
import { spread } from './workers.ts'

/** Permitted choices are taken differently by each of these seeds. */
const variants = [0, 1, 2, 3, 4]

/** Of the pairs of defects that are diagnosed. */
const randomSeed = 4

const allParts = ['baseline', 'defects', 'variations', 'presets', 'hostile', 'diagnosis', 'coverage']

async function prove(words: readonly string[]): Promise<number> {
  const parts = words.length > 0 ? words : allParts
  const unknown = parts.filter((part) => !allParts.includes(part))
  if (unknown.length > 0) {
    console.error(`unknown part ${unknown.join(', ')}: ${allParts.join(', ')}`)
    return 2
  }
  const started = performance.now()
  const checks = allChecks(suites)
  const problems: Problem[] = []

  const baseline = await proveBaseline(parts.includes('baseline') ? variants : [0])
  problems.push(...baseline.problems)
  const tried = parts.includes('baseline') ? variants.length : 1
  console.log(
    `baseline    ${checks.length} checks on ${tried} variants, ${baseline.problems.length} problems (${baseline.seconds.toFixed(1)} s)`,
  )

  const tasks: Task[] = []
  if (parts.includes('presets'))
    tasks.push(...(Object.keys(presets) as PresetId[]).map((id) => ({ kind: 'preset', id }) as const))
  const diagnosing = parts.includes('diagnosis')
  if (parts.includes('defects') || diagnosing) {
    const { observations } = baseline.result
    const impact = await traceImpact()
    for (const id of parts.includes('defects') ? (Object.keys(defects) as DefectId[]) : [])
      tasks.push({ kind: 'defect', id, checks: checksFor(id, checks, impact), observations })
    for (const pair of diagnosing ? randomPairs(randomSeed, 30) : [])
      tasks.push({ kind: 'pair', pair, checks: [...new Set(pair.flatMap((id) => checksFor(id, checks, impact)))] })
  }
  if (parts.includes('variations'))
    tasks.push(...Object.keys(variations).map((id) => ({ kind: 'variation', id }) as const))
  if (parts.includes('hostile')) {
    const calm = await runOnReference({ evidence: 'all', costs: ['intrusive'], skip: ['deltachat/*'] })
    for (const stage of stages) {
      const reaching = reachers(stage, calm, checks)
      if (reaching.length === 0) problems.push({ part: 'hostile', about: stage.id, text: 'no check gets there' })
      else
        for (const hostility of hostilities)
          tasks.push({ kind: 'hostile', stage: stage.id, hostility, checks: reaching })
    }
  }
  let done = 0
  const outcomes = await spread(tasks, availableParallelism() * 2, (task) => {
    done++
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} of ${tasks.length}: ${nameOf(task)}`)
    else if (done % 50 === 0) process.stderr.write(`${done} of ${tasks.length}\n`)
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  await trySuspectsAgain(tasks, outcomes, checks)

  const defectOutcomes: DefectOutcome[] = []
  const pairOutcomes: PairOutcome[] = []
  const tolerated = new Set<string>()
  const counts = { defects: 0, variations: 0, presets: 0, told: 0, hostile: 0, met: 0 }
  for (const outcome of outcomes) collect(outcome)
  function collect(outcome: TaskOutcome) {
    if (outcome.kind === 'crash') problems.push({ part: 'defect', about: outcome.about, text: outcome.text })
    if (outcome.kind === 'defect') {
      counts.defects++
      defectOutcomes.push(outcome.outcome)
    }
    if (outcome.kind === 'pair') pairOutcomes.push(outcome.outcome)
    if (outcome.kind === 'variation') {
      counts.variations++
      problems.push(...outcome.outcome.problems)
      for (const id of outcome.outcome.tolerated) tolerated.add(id)
    }
    if (outcome.kind === 'preset') {
      counts.presets++
      counts.told += outcome.outcome.told
      problems.push(...outcome.outcome.problems)
    }
    if (outcome.kind === 'hostile') {
      counts.hostile++
      counts.met += outcome.outcome.met
      problems.push(...outcome.outcome.problems)
    }
  }
  if (diagnosing) {
    const tried = new Map(tasks.flatMap((task) => ('checks' in task ? [[nameOf(task), task.checks] as const] : [])))
    const decided = (name: string, outcome: Pick<DefectOutcome, 'failed' | 'held'>) =>
      decidedFrom(outcome, tried.get(name) ?? [], checks)
    // Without the part that runs each defect, what is recorded of them stands for it.
    const singles = parts.includes('defects')
      ? defectOutcomes.map((one) => ({ defect: one.defect, decided: decided(one.defect, one) }))
      : recordedSingles(checks)
    const pairs = pairOutcomes.map((one) => ({ pair: one.pair, decided: decided(one.pair.join(' with '), one) }))
    problems.push(...judgeDiagnosis(singles, pairs))
    console.log(`diagnosis   of ${singles.length} single defects and ${pairs.length} pairs`)
  }
  if (parts.includes('defects')) {
    problems.push(...judgeDefects(defectOutcomes, checks), ...judgeRecord(defectOutcomes))
    console.log(`defects     ${counts.defects} tried`)
  }
  if (parts.includes('variations')) {
    problems.push(...judgeTolerance(baseline.result, tolerated))
    console.log(`variations  ${counts.variations} tried, ${tolerated.size} checks seen to tolerate one`)
  }
  if (parts.includes('presets')) {
    console.log(`presets     ${counts.presets} tried, ${counts.told} times told what they truly lack or do wrong`)
  }
  if (parts.includes('hostile')) console.log(`hostile     ${counts.hostile} peers, met ${counts.met} times in all`)
  if (parts.includes('coverage')) {
    problems.push(...coverageProblems(checks))
    console.log(coverageTable(checks, defectOutcomes))
  }
  for (const problem of problems) console.log(showProblem(problem))
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(problems.length === 0 ? `proved in ${seconds} s` : `${problems.length} problems after ${seconds} s`)
  return problems.length === 0 ? 0 : 1
}

/** As with a server, so with the proof: what went wrong once on a busy machine has to go wrong twice, with nothing beside it. */
async function trySuspectsAgain(tasks: readonly Task[], outcomes: TaskOutcome[], checks: readonly CheckMeta[]) {
  const spared = requirementsSpared(outcomes, checks)
  const suspects = tasks.flatMap((task, at) =>
    isSuspect(task, outcomes[at], checks) || (task.kind === 'defect' && spared.has(violated(task.id)))
      ? [{ task, at }]
      : [],
  )
  if (suspects.length === 0) return
  console.log(`again       ${suspects.map(({ task }) => nameOf(task)).join('; ')}`)
  const second = await spread(
    suspects.map(({ task }) => task),
    1,
    () => {},
  )
  for (const [n, { at }] of suspects.entries()) {
    const outcome = second[n]
    if (outcome) outcomes[at] = outcome
  }
}

/** Requirements with a check that no defect has made fail. */
function requirementsSpared(outcomes: readonly TaskOutcome[], checks: readonly CheckMeta[]): ReadonlySet<string> {
  const tried = outcomes.flatMap((outcome) => (outcome.kind === 'defect' ? [outcome.outcome] : []))
  if (tried.length === 0) return new Set()
  const spared = judgeDefects(tried, checks).filter(({ part }) => part === 'kill')
  const requirementOf = new Map(checks.map(({ id, requirement }) => [id, requirement]))
  return new Set(spared.map(({ about }) => requirementOf.get(about) ?? ''))
}

function violated(defect: string): string {
  const known: Readonly<Record<string, Defect>> = defects
  return known[defect]?.violates ?? ''
}

function isSuspect(task: Task, outcome: TaskOutcome | undefined, checks: readonly CheckMeta[]): boolean {
  if (!outcome || outcome.kind === 'crash') return true
  if (outcome.kind === 'defect') return judgeDefects([outcome.outcome], checks).some(({ part }) => part === 'defect')
  if (outcome.kind === 'pair') {
    const tried = task.kind === 'pair' ? task.checks : []
    return placeOf(outcome.outcome.pair, decidedFrom(outcome.outcome, tried, checks)) < 0
  }
  return outcome.outcome.problems.length > 0
}

async function command([first, ...rest]: readonly string[]): Promise<number> {
  if (first === 'defect' && rest[0] !== undefined && rest.length === 1) return await showDefect(rest[0])
  if (first === 'catalogue') return await writeCatalogue()
  if (first === 'matrix') return await recordMatrix(rest)
  return await prove(first === undefined ? [] : [first, ...rest])
}

process.exitCode = await command(process.argv.slice(2))
