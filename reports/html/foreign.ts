// English within a page of another language: marked for screen readers and browsers by `lang`, and what should have been
// translated for readers too. Used by everything in this folder that shows text of the record.
import type { Language, Sentence } from '../language/language.ts'
import type { Title, Told } from '../language/told.ts'
import { type Child, el } from './markup.ts'

/** Text of the record, which is English in every language: what was seen, how to mend it. */
export function recorded({ name }: Language, text: Child): Child {
  return name === 'en' || text === undefined || text === '' ? text : el('span', { lang: 'en' }, text)
}

/** Text that is shown in English for want of a translation. */
export function told({ words }: Language, { text, fallback }: Told): Child {
  return fallback ? el('span', { lang: 'en', class: 'fallback', title: words.inEnglish }, text) : text
}

/** A title, and the English one of the check where that says more. */
export function titled(language: Language, title: Title): Child {
  if (title.check === undefined) return told(language, title)
  return [told(language, title), ' ', el('small', {}, recorded(language, title.check))]
}

/** A sentence of ours around words of the record. */
export function sentence(language: Language, { text, values }: Sentence): Child {
  return text.split(/(\{\w+\})/).map((piece) => {
    const [, key] = /^\{(\w+)\}$/.exec(piece) ?? []
    return key === undefined ? piece : recorded(language, values[key])
  })
}
