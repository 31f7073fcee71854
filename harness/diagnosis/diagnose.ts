// The kill matrix turned round: which defects of the reference server would explain what failed on a host. Pure; it never
// changes a verdict. Used by the runner.
import type { Explanation } from '../result/schema.ts'
import type { Death } from './read-matrix.ts'

/** What a run found out of one check; those that it could not decide are not here. */
export type Decided = ReadonlyMap<string, 'fails' | 'holds'>

type Cause = Explanation['causes'][number]

/** So many are named at most. */
const most = 3

/** What a second cause costs against one more finding that stays unexplained. */
const secondCause = 0.5

interface Candidate {
  readonly causes: Cause[]
  readonly explained: ReadonlySet<string>
  readonly absent: ReadonlySet<string>
}

/** The nearest first. Empty when nothing failed, and when nothing explains at least half of it. */
export function diagnose(decided: Decided, deaths: readonly Death[]): readonly Explanation[] {
  const failing = [...decided].filter(([, state]) => state === 'fails').map(([check]) => check)
  const singles = classes(decided, deaths)
  const candidates = [...singles, ...pairs(singles, failing.length)].map((candidate) => ({
    ...candidate,
    cost:
      failing.length - candidate.explained.size + candidate.absent.size + secondCause * (candidate.causes.length - 1),
  }))
  return candidates
    .filter(({ explained, absent }) => explained.size * 2 >= failing.length && explained.size > absent.size)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, most)
    .map(({ causes, explained, absent }) => ({
      causes,
      explains: explained.size,
      of: failing.length,
      absent: absent.size,
    }))
}

/** Defects that explain something, those together that would show in the same checks. */
function classes(decided: Decided, deaths: readonly Death[]): readonly Candidate[] {
  const byChecks = new Map<string, { checks: readonly string[]; alike: { defect: string; title: string }[] }>()
  for (const { defect, title, fails } of deaths) {
    const checks = fails.filter((check) => decided.has(check))
    if (!checks.some((check) => decided.get(check) === 'fails')) continue
    const key = [...checks].sort().join(' ')
    const known = byChecks.get(key)
    if (known) known.alike.push({ defect, title })
    else byChecks.set(key, { checks, alike: [{ defect, title }] })
  }
  return [...byChecks.values()].map(({ checks, alike }) => ({
    causes: [{ alike }],
    explained: new Set(checks.filter((check) => decided.get(check) === 'fails')),
    absent: new Set(checks.filter((check) => decided.get(check) === 'holds')),
  }))
}

/**
 * Two that each explain what the other does not. One that explains a single finding more only says that finding again: it
 * counts where nothing is left after it.
 */
function pairs(singles: readonly Candidate[], failing: number): readonly Candidate[] {
  // What is contradicted as often as it is confirmed does not get better beside something else.
  const sound = singles.filter(({ explained, absent }) => explained.size > absent.size)
  return sound.flatMap((one, at) =>
    sound.slice(at + 1).flatMap((other) => {
      const explained = union(one.explained, other.explained)
      const more = explained.size - Math.max(one.explained.size, other.explained.size)
      if (more === 0 || (more === 1 && explained.size < failing)) return []
      // The one that explains more is named first.
      const [first, second] = one.explained.size >= other.explained.size ? [one, other] : [other, one]
      return [{ causes: [...first.causes, ...second.causes], explained, absent: union(one.absent, other.absent) }]
    }),
  )
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a, ...b])
}
