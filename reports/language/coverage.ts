// How much of the catalogue is translated, and what is wrong with the translations. Used by `npm run i18n` and its test.
import type { Requirement } from '../../catalogue/types.ts'
import { type CatalogueWords, sourceMark } from './catalogue.ts'

export interface Coverage {
  readonly all: number
  readonly translated: number
  readonly musts: number
  readonly translatedMusts: number
  /** One line each: a must without translation, a translation without a requirement or of another English text. */
  readonly faults: readonly string[]
}

export function coverageOf(requirements: Readonly<Record<string, Requirement>>, words: CatalogueWords): Coverage {
  const ids = Object.keys(requirements)
  const musts = ids.filter((id) => requirements[id]?.level === 'must')
  const missing = musts.filter((id) => words[id] === undefined).map((id) => `${id}: a must that is not translated`)
  const wrong = Object.entries(words).flatMap(([id, { of, text, why }]) => {
    const requirement = requirements[id]
    if (requirement === undefined) return [`${id}: there is no such requirement`]
    const mark = sourceMark(requirement)
    if (of !== mark) return [`${id}: the English text has changed; translate it again and write ${mark} for ${of}`]
    return text.trim() === '' || why.trim() === '' ? [`${id}: an empty text`] : []
  })
  return {
    all: ids.length,
    translated: ids.filter((id) => words[id] !== undefined).length,
    musts: musts.length,
    translatedMusts: musts.length - missing.length,
    faults: [...missing, ...wrong],
  }
}
