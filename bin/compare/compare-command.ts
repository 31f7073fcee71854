// The compare command from flags to exit code: asks the hosts, reads result files, measures the mail between hosts, renders the
// comparison and writes the site.
import { resolve } from 'node:path'
import { budgetFor } from '../../harness/check/budget.ts'
import { type Contender, compareHosts, contendersOf } from '../../harness/compare/compare.ts'
import { planPairs } from '../../harness/compare/plan-pairs.ts'
import { findCore } from '../../harness/deltachat/binary.ts'
import type { Pairing } from '../../harness/result/comparison.ts'
import { comparisonFormats } from '../../reports/compare/index.ts'
import { renderComparisonMarkdown } from '../../reports/compare/markdown.ts'
import { openLanguage } from '../../reports/language/language.ts'
import { count } from '../../reports/words.ts'
import { suites } from '../../suites/index.ts'
import { readInputs } from '../check/inputs.ts'
import { exitCodes } from '../exit-codes.ts'
import { appendSummary } from '../github-actions.ts'
import { readKept } from '../history.ts'
import { interruptible } from '../interruption.ts'
import type { Io } from '../io.ts'
import type { RawOptions } from '../options.ts'
import { tellUnused } from '../reaching-flags.ts'
import type { Target } from '../target.ts'
import { UsageError } from '../usage-error.ts'
import { toolVersion } from '../version.ts'
import { demandFolder } from '../write-folder.ts'
import { writeFormats } from '../write-formats.ts'
import { type CompareOptions, readCompareOptions, readContestants } from './compare-options.ts'
import { gather, takeUp } from './gather.ts'
import { type Notes, optedOut, readNotes } from './notes.ts'
import { demandDomains, messagesEach, runPairs } from './run-pairs.ts'
import { changesOf, publishedContender, standingOf, withRuns } from './standing.ts'
import { type History, openWork, type WorkFolder, workPath } from './work-folder.ts'
import { writeSite } from './write-site.ts'

export async function compareCommand(words: readonly string[], flags: RawOptions, io: Io): Promise<number> {
  const options = readCompareOptions(flags)
  const { targets, files } = await readContestants(words, options.list, io.cwd)
  if (options.matrix) demandDomains(targets)
  const notes = await readNotes(options.notes, io.cwd)
  const inputs = await readInputs(options.check, targets, suites, io.cwd)
  const read = await readResults(files, notes, io)
  const hosts = targets.map(({ text }) => text)
  demandOnce([...hosts, ...read.map(({ label }) => label)])
  const of = JSON.stringify([
    hosts,
    options.check.profile,
    inputs.selection.only,
    inputs.selection.skip,
    options.matrix,
  ])
  const keeps = options.site !== undefined || options.work !== undefined || hosts.length > 0
  const belongsTo = options.site === undefined ? of : resolve(io.cwd, options.site)
  const work = openWork(workPath(options.work, belongsTo, io))
  // A history that cannot be read is noticed before anybody is asked.
  const before = keeps ? await work.history() : {}
  const say = (text: string): void => {
    if (!options.check.quiet) io.stderr.write(`${text}\n`)
  }
  const interruption = interruptible(io, () =>
    io.stderr.write('\nStopping: hosts that are done are kept. ^C again stops at once.\n'),
  )
  try {
    if (!options.check.dryRun) {
      await demandFolder(options.check.out, io.cwd, '--out')
      await demandFolder(options.site, io.cwd, '--site')
    }
    tellUnused(targets, options.check, io)
    announce(targets, notes, options, inputs.selection, say)
    if (options.check.dryRun) return exitCodes.ok
    const core = targets.length > 0 ? await findCore(io.env, io.cwd) : undefined
    const about = { options: options.check, inputs, core, interrupt: interruption.signal, io, say }
    const round = targets.length > 0 ? await takeUp(work, of, options.check.seed, new Date()) : undefined
    const asked = round ? await gather(targets, notes, work, round, about) : []
    const pairing =
      round && !interruption.signal.aborted ? await pairsOf(asked, targets, options, work, round, about) : undefined
    const stopped = interruption.signal.aborted
    if (round && !stopped) await work.keepRound({ ...round, finished: true })
    const history = withRuns(before, [...asked, ...read])
    if (keeps && !stopped) await work.keepHistory(history)
    const contenders = [...asked, ...read]
    await tell(contenders, history, notes, pairing, stopped, options, io, say)
    if (stopped) {
      say(
        `Stopped after ${asked.length} of ${count(targets.length, 'host')}. The same command goes on from there for a day.`,
      )
      return exitCodes.interrupted
    }
    return exitCodeOf(contenders)
  } finally {
    interruption.release()
  }
}

/** Every host of every file. Throws UsageError; nothing has been asked then. */
async function readResults(files: readonly string[], notes: Notes, io: Io): Promise<readonly Contender[]> {
  const results = await Promise.all(files.map((file) => readKept(file, io, 'compare')))
  return results.flatMap(contendersOf).map((one) => {
    const reason = optedOut(notes, one.label)
    return reason === undefined ? one : { label: one.label, state: 'opted-out', reason }
  })
}

function demandOnce(labels: readonly string[]): void {
  const twice = labels.find((label, at) => labels.indexOf(label) !== at)
  if (twice !== undefined) throw new UsageError(`${twice} is there twice`, 'a comparison has one run of each host')
}

/** What will be asked of others, all in all, before anything is. */
function announce(
  targets: readonly Target[],
  notes: Notes,
  { check, matrix }: CompareOptions,
  selection: Parameters<typeof budgetFor>[0],
  say: (text: string) => void,
): void {
  const asked = targets.filter(({ text }) => optedOut(notes, text) === undefined)
  if (asked.length === 0) return
  const each = budgetFor(selection)
  const n = asked.length
  say(
    `${count(n, 'host')}, one after the other, profile ${check.profile}: at most ${count(n * each.freshAccounts, 'account')}, ` +
      `${count(n * each.messages, 'message')} and ${count(n * each.connections, 'connection')} in all.`,
  )
  if (matrix === undefined) return
  const pairs = planPairs(
    asked.map(({ text }) => text),
    matrix,
    0,
  ).length
  say(
    `Mail between them (${matrix}): ${pairs} directions of ${messagesEach}, ${count(pairs * messagesEach, 'message')}; ` +
      `about ${Math.ceil((pairs * messagesEach * 1.1) / 60)} min or less.`,
  )
}

async function pairsOf(
  asked: readonly Contender[],
  targets: readonly Target[],
  { matrix }: CompareOptions,
  work: WorkFolder,
  round: Awaited<ReturnType<typeof takeUp>>,
  about: Parameters<typeof gather>[4],
): Promise<Pairing | undefined> {
  if (matrix === undefined) return undefined
  const able = asked.filter(({ state }) => state === 'checked').map(({ label }) => label)
  return await runPairs(planPairs(able, matrix, round.seed), matrix, targets, work, round, about)
}

async function tell(
  contenders: readonly Contender[],
  history: History,
  notes: Notes,
  pairing: Pairing | undefined,
  stopped: boolean,
  options: CompareOptions,
  io: Io,
  say: (text: string) => void,
): Promise<void> {
  const now = new Date()
  const shown = contenders.map((one) => {
    const { maintenance, reply } = notes.get(one.label.toLowerCase()) ?? {}
    const status = one.state === 'opted-out' ? undefined : standingOf(history, one.label)?.status
    const told = { ...(maintenance === undefined ? {} : { maintenance }), ...(reply === undefined ? {} : { reply }) }
    return { ...publishedContender(one, history, options.check, now), status, notes: told }
  })
  const comparison = compareHosts(shown, {
    version: toolVersion(),
    made: now,
    complete: !stopped,
    order: options.order,
    pairing,
    changes: changesOf(history, shown),
  })
  const language = await openLanguage(options.check.lang)
  const { verbose } = options.check
  await writeFormats(
    {
      chosen: options.format,
      fileOf: (name) => comparisonFormats[name].file,
      render: (name, screen) => comparisonFormats[name].render(comparison, language, { ...screen, verbose }),
    },
    options.check,
    io,
  )
  await appendSummary(renderComparisonMarkdown(comparison, language), io)
  // A site that was whole is not replaced by half of one.
  if (options.site !== undefined && !stopped) {
    const n = await writeSite(resolve(io.cwd, options.site), comparison, shown, language)
    say(`Written to ${options.site}: ${count(n, 'file')}`)
  }
}

function exitCodeOf(contenders: readonly Contender[]): number {
  if (contenders.some(({ result }) => result?.gate.exitCode === exitCodes.error)) return exitCodes.error
  return contenders.some(({ state }) => state === 'checked') ? exitCodes.ok : exitCodes.undecided
}
