import { describe, expect, it } from 'vitest'
import { compareHosts, contendersOf } from '../../harness/compare/compare.ts'
import { sharesOf } from '../../harness/compare/shares.ts'
import type { Change, Comparison, Pair } from '../../harness/result/comparison.ts'
import type { Result } from '../../harness/result/schema.ts'
import { conforming, failing, mixed, unreachable } from '../golden/samples.ts'
import { english, openLanguage } from '../language/language.ts'
import { comparisonFormats } from './index.ts'
import { siteFiles } from './site.ts'

const named = (result: Result, label: string): Result => {
  const host = <T extends { readonly host: string }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, host: label }))
  return {
    ...result,
    profile: 'list/1',
    hosts: result.hosts.slice(0, 1).map((record) => ({ ...record, label })),
    findings: host(result.findings),
    measurements: host(result.measurements),
  }
}

const names = ['a.example', 'b.example', 'c.example', 'd.example']
const pairs = names.flatMap((from, i) =>
  names.flatMap((to, j): Pair[] => {
    const ms = 300 + 40 * i + (to === 'b.example' ? 400 : 0) + ((i * 7 + j * 5) % 4)
    return from === to ? [] : [{ from, to, samples: [ms, ms + 2, ms + 9], lost: i === 3 && j === 1 ? 1 : 0 }]
  }),
)
const results = new Map(
  [conforming, failing, mixed, unreachable].map((result, at) => [names[at] ?? '', named(result, names[at] ?? '')]),
)
const compared: Comparison = compareHosts([...results.values()].flatMap(contendersOf), {
  version: '0.1.0',
  made: new Date('2026-03-02T12:00:00Z'),
  complete: true,
  order: 'name',
  changes: [],
  pairing: { kind: 'full', seed: 1, each: 10, patience: 30_000, complete: true, pairs, ...sharesOf(pairs) },
})
const screen = { color: false, width: 80 }

describe('the reports of a comparison', () => {
  it.for(['terminal', 'md', 'csv', 'html'] as const)('write it as %s as in the golden file', async (name) => {
    const { file, render } = comparisonFormats[name]
    await expect(render(compared, english, screen)).toMatchFileSnapshot(`../golden/${file}`)
  })

  it('keep within 80 columns, and name the receiver of the slowest pair', () => {
    const text = comparisonFormats.terminal.render(compared, english, screen)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(text).toContain('b.example is slow to take mail in')
  })

  it('have no script and ask for nothing', () => {
    const page = comparisonFormats.html.render(compared, english, screen)
    expect(page).not.toMatch(/<script|src=|https?:\/\//)
  })
})

/** Words in Latin letters that a reader sees or hears, without code, names of hosts and what is marked as English. */
function latinWords(page: string): string[] {
  const heard = [...page.matchAll(/ (?:aria-label|alt)="([^"]*)"/g)].map(([, text]) => text)
  const read = page
    .replace(/<(style|code|pre|id)\b.*?<\/\1>/gs, ' ')
    .replace(/<span lang="en"[^>]*>.*?<\/span>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
  const words = [read, ...heard].join(' ').replace(/[a-z]+[./][a-z0-9-]+/g, ' ')
  return [...new Set(words.match(/\w*[a-z]{2,}\w*/g) ?? [])].filter((word) => !sameEverywhere.has(word))
}

/** Capitals alone are terms of protocols. */
const sameEverywhere = new Set(['chatmail', 'check', 'Atom', 'Delta', 'Chat', 'only', 'skip', 'Postfix', 'Dovecot'])

describe('the reports of a comparison in another language', () => {
  it('are written as in the golden file', async () => {
    const page = comparisonFormats.html.render(compared, await openLanguage('uk'), screen)
    await expect(page).toMatchFileSnapshot('../golden/comparison-uk.html')
  })

  it.for(['uk', 'zh-CN'] as const)('have no English word left in %s', async (name) => {
    const language = await openLanguage(name)
    const flip: Change = {
      at: '2026-03-01T12:00:00Z',
      host: 'b.example',
      subject: 'speed',
      from: 'A',
      to: 'not met',
      reasons: [{ kind: 'slow', ms: 1_300, limit: 1_000 }],
    }
    const site = siteFiles({ ...compared, changes: [flip] }, results, language)
    const pages = [...site].filter(([path]) => /^(relay\/[^/]+\/)?(index\.html|badge\.svg)$|atom$/.test(path))
    const whole = comparisonFormats.html.render(compared, language, screen)
    expect(latinWords(whole)).toEqual([])
    expect(pages.length).toBe(2 * names.length + 2)
    expect(pages.flatMap(([, text]) => latinWords(text))).toEqual([])
    expect(latinWords(comparisonFormats.html.render(compared, english, screen)).length).toBeGreaterThan(100)
    for (const [path, text] of pages) if (path.endsWith('html')) expect(text).toContain(`<html lang="${name}">`)
  })
})
