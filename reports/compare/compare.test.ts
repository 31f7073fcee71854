import { describe, expect, it } from 'vitest'
import type { Change } from '../../harness/result/comparison.ts'
import { english, openLanguage } from '../language/language.ts'
import { latinWords } from '../language/test-latin-words.ts'
import { comparisonFormats } from './index.ts'
import { siteFiles } from './site.ts'
import { compared, listed, names, results } from './test-comparison.ts'

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

  it('give under each band why it is that, and none to a host whose run was stopped', () => {
    const page = comparisonFormats.html.render(listed, english, screen)
    const checked = listed.hosts.filter(({ state }) => state === 'checked')
    expect(page.match(/class="band /g)).toHaveLength(2 * checked.length)
    expect(page.match(/class="band [a-z]+">[^<]+<\/span><small>[^<]+</g)).toHaveLength(2 * checked.length)
    const stopped = listed.hosts.find(({ complete }) => complete === false)
    expect(stopped?.bands).toMatchObject({
      conformance: { band: 'not measured', reasons: [{ kind: 'stopped' }] },
      speed: { band: 'not measured' },
    })
  })

  it('say first on how many hosts there are problems, and which come first', () => {
    const page = comparisonFormats.html.render(listed, english, screen)
    const places = ['Problems on 2 of 5 hosts', 'class="plain first-problems"', '<h2>Hosts', '<h2>Problems'].map(
      (text) => page.indexOf(text),
    )
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('have no script and ask for nothing', () => {
    const page = comparisonFormats.html.render(compared, english, screen)
    expect(page).not.toMatch(/<script|src=|https?:\/\//)
  })
})

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
