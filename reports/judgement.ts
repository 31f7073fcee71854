// What a run thinks of a host beside its verdicts: the make it looks like, and defects that would explain what failed.
// Used by every report for people.
import type { Explanation, HostRecord } from '../harness/result/schema.ts'
import { english, type Language, type Sentence } from './language/language.ts'
import { printable } from './plain-text.ts'
import { count } from './words.ts'

export interface Likeness extends Sentence {
  /** `(explains 4 of 5 findings)` */
  readonly share: string
  /** Ids for `explain`. */
  readonly defects: readonly string[]
}

/** So much evidence is shown. */
const fewClues = 3
/** So many defects that look alike are told by their words. */
const fewAlike = 2

/** `looks like chatmail relay 1.8-1.9, by turn in its metadata, ...`; undefined where nothing can be told. */
export function looksLike({ implementation }: HostRecord, { words }: Language = english): Sentence | undefined {
  if (!implementation || implementation.name === 'unknown') return undefined
  const { confidence, text, evidence } = implementation
  const { likely, likelyBy, possible, possibleBy } = words.guess
  const shown = evidence.slice(0, fewClues).map((clue) => printable(clue, 100))
  const left = evidence.length - shown.length
  const more = left === 0 ? '' : ` and ${count(left, 'more clue')}`
  const make = printable(text, 100)
  const [alone, by] = confidence === 'likely' ? [likely, likelyBy] : [possible, possibleBy]
  return shown.length === 0
    ? { text: alone, values: { make } }
    : { text: by, values: { make, clues: `${shown.join(', ')}${more}` } }
}

/** One an explanation, the nearest first. What explains everything stands alone, whatever else comes near. */
export function behavesLike({ diagnosis = [] }: HostRecord, language: Language = english): readonly Likeness[] {
  const { guess } = language.words
  const [first] = diagnosis
  const exact = first !== undefined && first.explains === first.of && first.absent === 0
  return (exact ? [first] : diagnosis).map((explanation, at) => ({
    text: at === 0 ? guess.behaves : guess.orBehaves,
    values: { causes: causes(explanation) },
    share: share(explanation, language),
    defects: explanation.causes.flatMap(({ alike }) => alike.slice(0, 1).map(({ defect }) => defect)),
  }))
}

/** `Behaves like a server that accepts every message (explains 4 of 5 findings)` */
export function likenessText({ text, values, share }: Likeness, { say }: Language = english): string {
  return `${say(text, values)} ${share}`
}

function causes(explanation: Explanation): string {
  return explanation.causes
    .map(({ alike }) => {
      const [title = '', ...others] = alike.map((one) => printable(one.title, 200))
      const left = others.length - fewAlike
      const rest = left > 0 ? [...others.slice(0, fewAlike), `${left} more`] : others
      return rest.length === 0 ? title : `${title} (or: ${rest.join('; ')})`
    })
    .join(', and ')
}

function share({ explains, of, absent }: Explanation, { say, count: counted, words: { guess } }: Language): string {
  const found = counted(guess.explains, of, { explained: explains })
  return absent === 0
    ? say(guess.share, { explains: found })
    : say(guess.shareOf, { explains: found, absent: counted(guess.wouldFail, absent) })
}
