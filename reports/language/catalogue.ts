// The catalogue in other languages: what a requirement asks and why, by id, beside a mark of the English it was made from.
// One file a language and area (sq/encryption.ts); what is not there is shown in English and counted by `npm run i18n`.
import type { Requirement } from '../../catalogue/types.ts'

export interface RequirementWords {
  /** `sourceMark` of the English text; another one means that the English has changed since. */
  readonly of: string
  readonly text: string
  readonly why: string
}

export type CatalogueWords = Readonly<Record<string, RequirementWords>>

/** Seven characters that change with the English text (FNV-1a, 32 bits). */
export function sourceMark({ text, why }: Pick<Requirement, 'text' | 'why'>): string {
  let hash = 0x811c9dc5
  for (const character of `${text}\n${why}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return hash.toString(36).padStart(7, '0')
}
