// What a run thinks of a host beside its verdicts: the make it looks like, and defects that would explain what failed.
// Used by every report for people.
import type { Explanation, HostRecord } from '../harness/result/schema.ts'
import { printable } from './plain-text.ts'
import { count } from './words.ts'

export interface Likeness {
  readonly text: string
  /** Ids for `explain`. */
  readonly defects: readonly string[]
}

/** So much evidence is shown. */
const fewClues = 3
/** So many defects that look alike are told by their words. */
const fewAlike = 2

/** `looks like chatmail relay 1.8-1.9, by turn in its metadata, ...`; undefined where nothing can be told. */
export function looksLike({ implementation }: HostRecord): string | undefined {
  if (!implementation || implementation.name === 'unknown') return undefined
  const { confidence, text, evidence } = implementation
  const by = evidence.slice(0, fewClues).map((clue) => printable(clue, 100))
  const left = evidence.length - by.length
  const more = left === 0 ? '' : ` and ${count(left, 'more clue')}`
  const how = confidence === 'likely' ? 'looks like' : 'may be'
  return `${how} ${printable(text, 100)}${by.length === 0 ? '' : `, by ${by.join(', ')}${more}`}`
}

/** One an explanation, the nearest first. What explains everything stands alone, whatever else comes near. */
export function behavesLike({ diagnosis = [] }: HostRecord): readonly Likeness[] {
  const [first] = diagnosis
  const exact = first !== undefined && first.explains === first.of && first.absent === 0
  return (exact ? [first] : diagnosis).map((explanation, at) => ({
    text: `${at === 0 ? 'Behaves like' : 'Or like'} a server that ${causes(explanation)} (${share(explanation)})`,
    defects: explanation.causes.flatMap(({ alike }) => alike.slice(0, 1).map(({ defect }) => defect)),
  }))
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

function share({ explains, of, absent }: Explanation): string {
  const but = absent === 0 ? '' : `; ${absent} more would fail`
  return `explains ${explains} of ${count(of, 'finding')}${but}`
}
