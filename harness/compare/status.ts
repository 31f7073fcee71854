// What is published of a host does not follow every single run: a status flips only when two of the last three runs agree on
// the new one, a day apart. A pure fold over the history of its runs. Used by the compare command.
import type { BandName, Status } from '../result/comparison.ts'

export interface Said {
  /** UTC, ISO 8601: when the run began. */
  readonly at: string
  readonly band: BandName
}

export interface Flip {
  readonly at: string
  readonly from: BandName
  readonly to: BandName
}

const hour = 3_600_000
/** Two runs that confirm each other lie a day apart, with some leeway for a job that starts late. */
const aDay = 20 * hour
/** Of runs that lie closer together only the last counts, so that many in an afternoon weigh as one. */
const closest = aDay / 2

/** Undefined of no runs. `runs` in any order; those without a time are left out. */
export function statusOf(
  runs: readonly Said[],
): { readonly status: Status; readonly flips: readonly Flip[] } | undefined {
  const history = runs
    .filter(({ at }) => !Number.isNaN(Date.parse(at)))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const [first] = history
  if (first === undefined) return undefined
  let { band, at: since } = first
  let provisional = true
  const flips: Flip[] = []
  for (const [index, run] of history.entries()) {
    const window = lastThree(history.slice(0, index + 1))
    if (run.band === band) {
      if (agreeADayApart(window, band)) provisional = false
    } else if (agreeADayApart(window, run.band)) {
      flips.push({ at: run.at, from: band, to: run.band })
      ;({ band, at: since } = run)
      provisional = false
    }
  }
  const last = history.at(-1)?.band
  const pending = last === band ? {} : { pending: last }
  return { status: { band, since, provisional, runs: history.length, ...pending }, flips }
}

function lastThree(history: readonly Said[]): readonly Said[] {
  const kept: Said[] = []
  for (const run of history.toReversed()) {
    const later = kept.at(-1)
    if (later !== undefined && Date.parse(later.at) - Date.parse(run.at) < closest) continue
    kept.push(run)
    if (kept.length === 3) break
  }
  return kept
}

/** `runs`: the newest first. */
function agreeADayApart(runs: readonly Said[], band: BandName): boolean {
  const times = runs.filter((run) => run.band === band).map(({ at }) => Date.parse(at))
  return times.length >= 2 && Math.max(...times) - Math.min(...times) >= aDay
}
