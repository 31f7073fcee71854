// The language of a report for people, HTML or Markdown: its words, its numbers, dates and plurals (by Intl alone), and the
// catalogue as far as it is translated. Renderers get one as an argument; English is the default and needs no loading.
//
// To add words: put them into en.ts, in a section of your own, and into the file of each other language beside it, which does
// not compile until you did. Say them with `say(words.section.word, { name: value })`, `count(words.section.plural, n)`.
// Commands, DNS lines, wire lines and ids are never translated; text of the record stays English, marked by html/foreign.ts.
// The catalogue: see catalogue.ts. `npm run i18n` counts what is there.
import type { CatalogueWords } from './catalogue.ts'
import { en, type Words } from './en.ts'
import type { LanguageName } from './names.ts'
import type { Plural } from './plural.ts'

export type Values = Readonly<Record<string, string | number>>

/** A text of the dictionary, and what is filled in: words of the record, which stay English. */
export interface Sentence {
  readonly text: string
  readonly values: Readonly<Record<string, string>>
}

export interface Language {
  readonly name: LanguageName
  readonly words: Words
  /** Requirements by id, as far as they are translated; of English there are none. */
  readonly catalogue: CatalogueWords
  /** Fills `{name}` in; numbers are written as the language does. Throws where a value is missing. */
  say(text: string, values?: Values): string
  /** The form for `n`, which is also the value of `{n}`. */
  count(plural: Plural, n: number, values?: Values): string
  /** At most so many digits after the point; without grouping. */
  number(value: number, digits?: number): string
  /** Exactly so many digits after the point; -0 is 0. */
  fixed(value: number, digits: number): string
  /** `2026-03-01T12:00:00.000Z` as date and time. */
  moment(iso: string): string
  /** `2026-03-01T...` as a date. */
  day(iso: string): string
}

const regions: Readonly<Record<LanguageName, string>> = { en: 'en-GB', sq: 'sq', it: 'it', uk: 'uk', 'zh-CN': 'zh-CN' }

export function languageOf(name: LanguageName, words: Words, catalogue: CatalogueWords): Language {
  const tag = regions[name]
  const plurals = new Intl.PluralRules(tag)
  const dates = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const number = (value: number, digits = 2): string =>
    Number.isFinite(value)
      ? new Intl.NumberFormat(tag, { maximumFractionDigits: digits, useGrouping: false }).format(value)
      : String(value)
  const say = (text: string, values: Values = {}): string =>
    text.replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = values[key]
      if (value === undefined) throw new Error(`no value for {${key}} of "${text}"`)
      return typeof value === 'number' ? number(value) : value
    })
  const day = (iso: string): string => {
    const date = new Date(iso)
    return Number.isNaN(date.getTime()) ? iso : dates.format(date)
  }
  return {
    name,
    words,
    catalogue,
    say,
    count: (plural, n, values = {}) => say(plural[plurals.select(n)] ?? plural.other, { ...values, n }),
    number,
    fixed: (value, digits) =>
      new Intl.NumberFormat(tag, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping: false,
        signDisplay: 'negative',
      }).format(value),
    moment: (iso) => say(words.moment, { date: day(iso), time: iso.slice(11, 16) }),
    day,
  }
}

export const english: Language = languageOf('en', en, {})

/** Loads the words of a language. */
export async function openLanguage(name: LanguageName): Promise<Language> {
  switch (name) {
    case 'en':
      return english
    case 'sq': {
      const [{ sq }, { catalogue }] = await Promise.all([import('./sq.ts'), import('./sq/index.ts')])
      return languageOf(name, sq, catalogue)
    }
    case 'it': {
      const [{ it }, { catalogue }] = await Promise.all([import('./it.ts'), import('./it/index.ts')])
      return languageOf(name, it, catalogue)
    }
    case 'uk': {
      const [{ uk }, { catalogue }] = await Promise.all([import('./uk.ts'), import('./uk/index.ts')])
      return languageOf(name, uk, catalogue)
    }
    case 'zh-CN': {
      const [{ zhCn }, { catalogue }] = await Promise.all([import('./zh-cn.ts'), import('./zh-cn/index.ts')])
      return languageOf(name, zhCn, catalogue)
    }
  }
}
