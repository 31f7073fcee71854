// What is published of each host: its bands by the history of its runs, and its holes by how long they have been known. Used by the
// compare command.
import { checkOf } from '../../harness/check/unit-run.ts'
import { conformanceBand, speedBand } from '../../harness/compare/bands.ts'
import type { Contender } from '../../harness/compare/compare.ts'
import { type Flip, statusOf } from '../../harness/compare/status.ts'
import type { ComparedHost, Comparison } from '../../harness/result/comparison.ts'
import type { CheckOptions } from '../options.ts'
import { holesOf, published, usualDays } from '../publication.ts'
import type { History } from './work-folder.ts'

const mostRuns = 1_000

/** The history with the runs of these hosts added; a run that is in it already is not added again. */
export function withRuns(history: History, contenders: readonly Contender[]): History {
  const added: History = { ...history }
  for (const { label, state, result } of contenders) {
    if (state === 'opted-out' || !result) continue
    const before = added[label] ?? []
    if (before.some(({ at }) => at === result.started)) continue
    const host = result.hosts.find((record) => record.label === label)
    const measured = state === 'checked' && host !== undefined
    const run = {
      at: result.started,
      conformance: measured ? conformanceBand(result, label).band : ('not measured' as const),
      speed: measured ? speedBand(result, host).band : ('not measured' as const),
      holes: holesOf(result).map(checkOf),
    }
    added[label] = [...before, run].sort((a, b) => a.at.localeCompare(b.at)).slice(-mostRuns)
  }
  return added
}

/** The status of a host, and its flips. */
export function standingOf(
  history: History,
  label: string,
):
  | {
      readonly status: NonNullable<ComparedHost['status']>
      readonly flips: readonly (Flip & { subject: 'conformance' | 'speed' })[]
    }
  | undefined {
  const runs = history[label] ?? []
  const of = (subject: 'conformance' | 'speed') => statusOf(runs.map((run) => ({ at: run.at, band: run[subject] })))
  const [conformance, speed] = [of('conformance'), of('speed')]
  if (!conformance || !speed) return undefined
  return {
    status: { conformance: conformance.status, speed: speed.status },
    flips: [
      ...conformance.flips.map((flip) => ({ ...flip, subject: 'conformance' as const })),
      ...speed.flips.map((flip) => ({ ...flip, subject: 'speed' as const })),
    ],
  }
}

/** As everybody may read it: a hole is named when it has been known for 90 days, not 90 days after the last look. */
export function publishedContender(
  one: Contender,
  history: History,
  options: Pick<CheckOptions, 'public' | 'withholdUntil'>,
  today: Date,
): Contender {
  if (!options.public || !one.result) return one
  const runs = history[one.label] ?? []
  const current = new Set(holesOf(one.result).map(checkOf))
  const since = [...current].map((check) => firstSeen(runs, check) ?? one.result?.started ?? today.toISOString())
  // The youngest of them decides: to name the others would tell of which kind it is.
  const youngest = since.sort().at(-1)
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  const until =
    options.withholdUntil ?? (youngest === undefined ? undefined : day(Date.parse(youngest) + usualDays * 86_400_000))
  return { ...one, result: published(one.result, { public: true, withholdUntil: until }, today) }
}

/** The first of the last unbroken series of runs with this hole. */
function firstSeen(runs: History[string], check: string): string | undefined {
  let first: string | undefined
  for (const { at, holes, conformance } of runs.toReversed()) {
    if (holes.includes(check)) first = at
    // A run that did not get so far says nothing.
    else if (conformance !== 'not measured') break
  }
  return first
}

/** The flips of all hosts, each with the reasons of today where it is the last one. */
export function changesOf(history: History, contenders: readonly Contender[]): Comparison['changes'] {
  return contenders.flatMap(({ label, result, state }) => {
    const standing = standingOf(history, label)
    return (standing?.flips ?? []).map(({ at, from, to, subject }) => ({
      at,
      host: label,
      subject,
      from,
      to,
      reasons: state === 'checked' && result?.started === at ? reasonsOf(result, label, subject) : [],
    }))
  })
}

function reasonsOf(result: NonNullable<Contender['result']>, label: string, subject: 'conformance' | 'speed') {
  if (subject === 'conformance') return conformanceBand(result, label).reasons
  const host = result.hosts.find((record) => record.label === label)
  return host ? speedBand(result, host).reasons : []
}
