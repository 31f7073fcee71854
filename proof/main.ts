// `npm run prove`: shows that the checks tell the truth, prints the coverage table, and fails on any gap.
import { availableParallelism } from 'node:os'
import { allChecks } from '../harness/check/plan.ts'
import { suites } from '../suites/index.ts'
import { trySuspectsAgain } from './again.ts'
import { proveBaseline } from './baseline.ts'
import { writeCatalogue } from './catalogue-page.ts'
import { coverageProblems, coverageTable } from './coverage.ts'
import { judgeDiagnoses } from './diagnosis.ts'
import { type Share, shareOfDay } from './impact.ts'
import { type DefectOutcome, judgeDefects } from './kill-matrix.ts'
import { writeManPage } from './man-page.ts'
import { showDefect } from './one-defect.ts'
import { type Problem, showProblem } from './problem.ts'
import { judgeRecord, recordMatrix } from './record-matrix.ts'
import { nameOf, type Task, type TaskOutcome } from './task.ts'
import { type Part, parts, tasksOf } from './tasks.ts'
import { judgeTolerance } from './variation.ts'
import { spread } from './workers.ts'

interface Wanted {
  readonly parts: readonly Part[]
  readonly share?: Share
}

const everything = parts.filter((part) => part !== 'kills')

/** Nothing said: all parts, with a night's share of the bystanders. */
function wantedBy(words: readonly string[]): Wanted | undefined {
  const share = shareOfDay(new Date())
  if (words.length === 0) return { parts: everything, share }
  if (words.length === 1 && words[0] === 'whole') return { parts: everything }
  if (words.length === 1 && words[0] === 'change') return { parts: ['kills', 'coverage'] }
  const named = parts.filter((part) => words.includes(part))
  return named.length === words.length ? { parts: named, share } : undefined
}

async function prove(words: readonly string[]): Promise<number> {
  const wanted = wantedBy(words)
  if (!wanted) {
    console.error(`unknown: ${words.join(' ')}. Say whole, change, defect NAME, or parts: ${parts.join(', ')}`)
    return 2
  }
  const started = performance.now()
  const checks = allChecks(suites)
  const full = wanted.parts.includes('baseline')
  const alone = !wanted.parts.includes('defects')

  const baseline = await proveBaseline(0, full ? 'user' : 'light', full)
  const problems: Problem[] = [...baseline.problems]
  console.log(
    `baseline    ${baseline.result.findings.length} findings, ${baseline.problems.length} problems (${baseline.seconds.toFixed(1)} s)`,
  )
  const { tasks, problems: unmet } = await tasksOf(wanted.parts, baseline.result.observations, wanted.share)
  problems.push(...unmet)
  // Tasks of a few checks mostly wait for what does not come.
  const processes = availableParallelism() * (alone ? 4 : 3)
  const first = await spread(tasks, processes, showProgress(tasks.length))
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  const outcomes = await trySuspectsAgain(tasks, first, checks, alone)

  const of = <K extends TaskOutcome['kind']>(kind: K) =>
    outcomes.flatMap((outcome) => (outcome.kind === kind ? [outcome as Extract<TaskOutcome, { kind: K }>] : []))
  problems.push(...of('crash').map(({ about, text }): Problem => ({ part: 'defect', about, text })))
  for (const kind of ['baseline', 'variation', 'preset', 'hostile'] as const)
    problems.push(...of(kind).flatMap(({ outcome }) => outcome.problems))
  const defectOutcomes: DefectOutcome[] = of('defect').map(({ outcome }) => outcome)
  if (full) console.log(`variants    ${of('baseline').length + 1} of the good server`)
  if (defectOutcomes.length > 0) {
    problems.push(...judgeDefects(defectOutcomes, checks, alone), ...(alone ? [] : judgeRecord(defectOutcomes)))
    console.log(`defects     ${defectOutcomes.length} tried`)
  }
  if (wanted.parts.includes('diagnosis')) {
    const diagnosed = judgeDiagnoses(tasks, outcomes, checks)
    problems.push(...diagnosed.problems)
    console.log(`diagnosis   of ${diagnosed.singles} single defects and ${diagnosed.pairs} pairs`)
  }
  if (wanted.parts.includes('variations')) {
    const tolerated = new Set(of('variation').flatMap(({ outcome }) => outcome.tolerated))
    problems.push(...judgeTolerance(baseline.result, tolerated))
    console.log(`variations  ${of('variation').length} tried, ${tolerated.size} checks seen to tolerate one`)
  }
  if (wanted.parts.includes('presets')) {
    const told = of('preset').reduce((sum, { outcome }) => sum + outcome.told, 0)
    console.log(`presets     ${of('preset').length} tried, ${told} times told what they truly lack or do wrong`)
  }
  if (wanted.parts.includes('hostile')) {
    const met = of('hostile').reduce((sum, { outcome }) => sum + outcome.met, 0)
    console.log(`hostile     ${of('hostile').length} peers, met ${met} times in all`)
  }
  if (wanted.parts.includes('coverage')) {
    problems.push(...coverageProblems(checks))
    console.log(coverageTable(checks, defectOutcomes))
  }
  for (const problem of problems) console.log(showProblem(problem))
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(problems.length === 0 ? `proved in ${seconds} s` : `${problems.length} problems after ${seconds} s`)
  return problems.length === 0 ? 0 : 1
}

function showProgress(total: number): (task: Task) => void {
  let done = 0
  return (task) => {
    done++
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} of ${total}: ${nameOf(task)}`)
    else if (done % 50 === 0) process.stderr.write(`${done} of ${total}\n`)
  }
}

async function command([first, ...rest]: readonly string[]): Promise<number> {
  if (first === 'defect' && rest[0] !== undefined && rest.length === 1) return await showDefect(rest[0])
  if (first === 'catalogue') return await writeCatalogue()
  if (first === 'man') return await writeManPage()
  if (first === 'matrix') return await recordMatrix(rest)
  return await prove(first === undefined ? [] : [first, ...rest])
}

process.exitCode = await command(process.argv.slice(2))
