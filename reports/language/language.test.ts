import { describe, expect, it } from 'vitest'
import { requirements } from '../../catalogue/index.ts'
import { sourceMark } from './catalogue.ts'
import { coverageOf } from './coverage.ts'
import { en } from './en.ts'
import { english, openLanguage } from './language.ts'
import { languageNames } from './names.ts'
import type { Plural } from './plural.ts'

const others = await Promise.all(languageNames.filter((name) => name !== 'en').map(openLanguage))
const all = [english, ...others]

type Tree = { readonly [key: string]: string | Tree }

/** `finding.seen` and its text, or its forms by category. */
function entries(tree: Tree, path = ''): [string, string | Plural][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string | Plural][] => {
    const here = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') return [[here, value]]
    return typeof value.other === 'string' ? [[here, value as unknown as Plural]] : entries(value, here)
  })
}

const formsOf = (word: string | Plural): readonly string[] => (typeof word === 'string' ? [word] : Object.values(word))
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()
const source = new Map(entries(en as unknown as Tree))

describe.each(all)('the words of $name', ({ name, words }) => {
  const own = entries(words as unknown as Tree)

  it('have the placeholders of the English ones', () => {
    const wrong = own.flatMap(([path, word]) => {
      const wanted = [...new Set(formsOf(source.get(path) ?? '').flatMap(placeholders))]
      // A form for one may do without its number.
      return formsOf(word)
        .filter((form) => {
          const found = placeholders(form)
          const missing = wanted.filter((each) => !found.includes(each) && each !== '{n}')
          return missing.length > 0 || found.some((each) => !wanted.includes(each))
        })
        .map((form) => `${path}: ${form}`)
    })
    expect(wrong).toEqual([])
  })

  it('have a form for each plural category of whole numbers, and none besides', () => {
    const rules = new Intl.PluralRules(name)
    const categories = new Set(Array.from({ length: 1_001 }, (_, n) => rules.select(n)))
    // Of some languages, fractions alone are `other`; it is there always, so that every number finds a form.
    const wanted = [...categories, 'other']
    const wrong = own.filter(
      ([, word]) => typeof word !== 'string' && [...new Set(wanted)].sort().join() !== Object.keys(word).sort().join(),
    )
    expect(wrong).toEqual([])
  })

  it('leave nothing empty', () => {
    expect(own.filter(([, word]) => formsOf(word).some((form) => form === ''))).toEqual([])
  })
})

describe('a language', () => {
  it('writes numbers, dates and plurals as it is usual there', async () => {
    const [sq, it, uk, zh] = await Promise.all((['sq', 'it', 'uk', 'zh-CN'] as const).map(openLanguage))
    const iso = '2026-03-01T12:00:00.000Z'
    expect([english, it, uk, zh].map((each) => each?.number(1.35))).toEqual(['1.35', '1,35', '1,35', '1.35'])
    expect(english.moment(iso)).toBe('1 March 2026, 12:00 UTC')
    expect(it?.moment(iso)).toBe('1 marzo 2026, 12:00 UTC')
    expect(zh?.moment(iso)).toBe('2026年3月1日 12:00 UTC')
    expect(sq?.day(iso)).toContain('mars 2026')
    const points = [1, 2, 5, 21].map((n) => uk?.count(uk.words.headline.failsIn, n))
    expect(points).toEqual([
      'НЕ ВІДПОВІДАЄ в 1 пункті',
      'НЕ ВІДПОВІДАЄ в 2 пунктах',
      'НЕ ВІДПОВІДАЄ в 5 пунктах',
      'НЕ ВІДПОВІДАЄ в 21 пункті',
    ])
  })

  it('says nothing where a value is missing', () => {
    expect(() => english.say('{reason}')).toThrow('no value for {reason}')
    expect(english.say('{reason}', { reason: '{code}' })).toBe('{code}')
  })

  it('keeps a time that is none as it is', () => {
    expect(english.day('soon')).toBe('soon')
  })
})

describe('the translated catalogue', () => {
  it.each(others)('has every must in $name, of the present English text', ({ catalogue }) => {
    expect(coverageOf(requirements, catalogue).faults).toEqual([])
  })

  it('is found out where it is missing, out of date or about nothing', () => {
    const [id = '', requirement] = Object.entries(requirements).find(([, { level }]) => level === 'must') ?? []
    if (!requirement) throw new Error('no must')
    const one = { [id]: requirement }
    const words = { of: sourceMark(requirement), text: 'a', why: 'b' }
    expect(coverageOf(one, { [id]: words }).faults).toEqual([])
    expect(coverageOf(one, {}).faults).toEqual([`${id}: a must that is not translated`])
    expect(coverageOf({ [id]: { ...requirement, why: 'Another.' } }, { [id]: words }).faults[0]).toContain(
      'has changed',
    )
    expect(coverageOf(one, { [id]: words, 'imap.gone': words }).faults).toEqual([
      'imap.gone: there is no such requirement',
    ])
    expect(coverageOf(one, { [id]: { ...words, why: ' ' } }).faults).toEqual([`${id}: an empty text`])
  })
})
