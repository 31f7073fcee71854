// Guesses which make of server a host runs, from the clues that were heard. It chooses which fix is shown first, and nothing
// else: no verdict depends on it.
import type { Implementation } from '../../catalogue/types.ts'
import type { Clue } from './clues.ts'

export interface Guess {
  readonly name: Implementation | 'unknown'
  readonly confidence: 'likely' | 'possible' | 'unknown'
  /** Of a chatmail relay, where that can be told: `1.8-1.9`. */
  readonly versions?: string
  /** `chatmail relay 1.8-1.9` */
  readonly text: string
  /** What speaks for it, the strongest first. */
  readonly evidence: readonly string[]
}

const names: Readonly<Record<Implementation, string>> = {
  relay: 'chatmail relay',
  madmail: 'madmail',
  'postfix-dovecot': 'Postfix and Dovecot without a chatmail relay',
}

/** Points that make a guess, and its lead over the next one. */
const enough = { likely: { points: 4, lead: 2 }, possible: { points: 2, lead: 1 } } as const

export function guess(heard: ReadonlySet<Clue>): Guess {
  const clues = [...heard]
  const scores = (Object.keys(names) as Implementation[])
    .map((name) => ({ name, points: clues.reduce((sum, clue) => sum + (clue.points[name] ?? 0), 0) }))
    .sort((a, b) => b.points - a.points)
  const [best, next] = scores
  if (!best) return nobody
  const lead = best.points - Math.max(0, next?.points ?? 0)
  const reaches = (level: keyof typeof enough) => best.points >= enough[level].points && lead >= enough[level].lead
  const confidence = reaches('likely') ? 'likely' : reaches('possible') ? 'possible' : 'unknown'
  if (confidence === 'unknown') return nobody
  const weight = (clue: Clue) => (clue.points[best.name] ?? 0) - Math.max(0, clue.points[next?.name ?? best.name] ?? 0)
  const strongest = clues
    .filter((clue) => (clue.points[best.name] ?? 0) > 0)
    .sort((a, b) => weight(b) - weight(a))
    .map(({ by }) => by)
  const [versions, tellers] = best.name === 'relay' ? versionsOf(clues) : [undefined, []]
  return {
    name: best.name,
    confidence,
    ...(versions === undefined ? {} : { versions }),
    text: versions === undefined ? names[best.name] : `${names[best.name]} ${versions}`,
    evidence: [...new Set([...strongest, ...tellers])],
  }
}

const nobody: Guess = { name: 'unknown', confidence: 'unknown', text: 'unknown', evidence: [] }

/** The versions of chatmail relay that all clues allow, and the clues that say so. What is merely missing gives way. */
function versionsOf(clues: readonly Clue[]): readonly [string | undefined, readonly string[]] {
  const strong = clues.filter(({ weak }) => !weak)
  for (const some of [clues, strong]) {
    const since = Math.max(0, ...some.map((clue) => clue.since ?? 0))
    const before = Math.min(Number.POSITIVE_INFINITY, ...some.map((clue) => clue.before ?? Number.POSITIVE_INFINITY))
    if (since >= before || (since === 0 && before === Number.POSITIVE_INFINITY)) continue
    const tellers = some.filter((clue) => clue.since === since || clue.before === before).map(({ by }) => by)
    return [inWords(since, before), tellers]
  }
  return [undefined, []]
}

function inWords(since: number, before: number): string {
  if (since === 0) return `before 1.${before}`
  // No release is known behind 1.12 yet.
  if (since > 12) return 'after 1.12'
  if (before === Number.POSITIVE_INFINITY) return `1.${since} or later`
  return since === before - 1 ? `1.${since}` : `1.${since}-1.${before - 1}`
}
