import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { requirements } from '../catalogue/index.ts'
import { placeholders } from '../catalogue/words.ts'
import { cataloguePage, cataloguePath } from './catalogue-page.ts'

describe('docs/catalogue.md', () => {
  it('is up to date (npm run catalogue writes it)', async () => {
    const written = await readFile(cataloguePath, 'utf8')
    // Not the whole page in the message of a failure.
    const stale = written === cataloguePage() ? '' : 'docs/catalogue.md is out of date: npm run catalogue'
    expect(stale).toBe('')
  })

  it('has a section for each requirement', () => {
    const page = cataloguePage()
    expect(Object.keys(requirements).filter((id) => !page.includes(`\n### ${id}\n`))).toEqual([])
  })
})

describe('the fixes', () => {
  const fixes = Object.entries(requirements).flatMap(([id, { fix }]) =>
    Object.entries(fix).map(([make, text]) => ({ id, make, text })),
  )

  it('are there for every must and should', () => {
    const without = Object.entries(requirements).filter(
      ([, { level, fix }]) => level !== 'may' && Object.values(fix).every((text) => text.trim() === ''),
    )
    expect(without.map(([id]) => id)).toEqual([])
  })

  it('are sentences of one line', () => {
    const odd = fixes.filter(({ text }) => text.length < 15 || /[\x00-\x1f\x7f]/.test(text))
    expect(odd).toEqual([])
  })

  it('name nothing to be filled in that is not explained', () => {
    const inCapitals = ['DOMAIN', 'HOST', 'USER', 'NAME', 'PASSWORD', 'ADDRESS', 'SELECTOR', 'PORT', 'IP', 'ID', 'FILE']
    const unexplained = inCapitals.filter((word) => !(word in placeholders))
    const open = fixes.filter(
      ({ text }) =>
        unexplained.some((word) => new RegExp(`(?:[<@=/.]${word}\\b|\\b${word}(?:[>@=/]|\\.[a-z]))`).test(text)) ||
        /<[a-z][a-z -]*>|\byour[.-]|example\.(?:com|org|net)|\bfoo\b|\bxxx\b|\$\{|\bTODO\b/i.test(text),
    )
    expect(open).toEqual([])
  })
})
