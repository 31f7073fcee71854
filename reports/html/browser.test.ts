// The HTML report in a real browser: Chromium, driven by its own protocol over a pipe, since nothing else is needed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as loads from '../golden/load-samples.ts'
import * as samples from '../golden/samples.ts'
import { openLanguage } from '../language/language.ts'
import { languageNames } from '../language/names.ts'
import { trendsOf } from '../trend.ts'
import { renderHtml } from './html.ts'
import { type Browser, openBrowser } from './test-browser.ts'
import { renderTrendPage } from './trend-page.ts'

const { conforming, partial, failing, several, unreachable, huge } = samples
const hostile = samples.withText(
  `'"></style></title><script>console.error(1)</script><img src=x onerror=alert(1)>${'W'.repeat(900)}`,
)
const { overTime, tooSlowToTell, hugeLoad, capacity, againstEarlier, days } = loads
const results = { conforming, partial, failing, several, unreachable, huge, hostile, overTime, hugeLoad, capacity }
const pages: [string, string][] = [
  ...Object.entries({ ...results, tooSlowToTell, againstEarlier }).map(([name, result]): [string, string] => [
    name,
    renderHtml(result),
  ]),
  ['trend', renderTrendPage(trendsOf(days))],
]
const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0,
)

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }

/** Ids and places of what axe finds, as JSON. */
async function faults(browser: Browser): Promise<unknown> {
  await browser.evaluate(`${axe}; 0`)
  return await browser.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(({ violations, passes }) =>
    JSON.stringify(passes.length === 0 ? ['nothing was judged'] :
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' '))))`)
}

/** Failing points that are translated, beside some that are not. */
const told = {
  ...failing,
  findings: failing.findings.map((each, at) =>
    at === 0 ? { ...each, requirement: 'encryption.refuses-cleartext' } : each,
  ),
}

describe.skipIf(chromium === undefined)('the HTML report in Chromium (needs chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'html-report-'))
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '', join(folder, 'profile'))
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  it.for(pages)('opens %s without a request, an error or a sideways scroll at 360 pixels', async ([name, page]) => {
    const file = join(folder, `${name}.html`)
    writeFileSync(file, page)
    const seen = await browser.visit(`file://${file}`, { width: 360, height: 740 })
    expect(seen.requests).toEqual([`file://${file}`])
    expect(seen.complaints).toEqual([])
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    // Also with everything unfolded.
    await browser.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  })

  it.for(languageNames)('fits 390 pixels in %s, with the verdict and the first problem in sight', async (name) => {
    const file = join(folder, `language-${name}.html`)
    writeFileSync(file, renderHtml(told, await openLanguage(name)))
    const seen = await browser.visit(`file://${file}`, { width: 390, height: 844 })
    expect(seen.complaints).toEqual([])
    expect(await browser.evaluate('document.documentElement.lang')).toBe(name)
    expect(await browser.evaluate("document.querySelector('article h4').getBoundingClientRect().bottom")).toBeLessThan(
      844,
    )
    await browser.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect(await faults(browser)).toBe('[]')
  })

  const schemes = ['light', 'dark'] as const
  const judged = Object.entries({ conforming, partial, failing, several, unreachable })
  it.for(judged.flatMap(([name, result]) => schemes.map((scheme) => [name, scheme, result] as const)))(
    'is clean by axe: %s, %s',
    async ([name, scheme, result]) => {
      const file = join(folder, `axe-${name}.html`)
      writeFileSync(file, renderHtml(result))
      await browser.visit(`file://${file}`, { width: 390, height: 844, scheme })
      await browser.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
      expect(await faults(browser)).toBe('[]')
    },
  )

  it('reaches everything by the keyboard, with the focus shown', async () => {
    const file = join(folder, 'keyboard.html')
    writeFileSync(file, renderHtml(failing))
    await browser.visit(`file://${file}`, { width: 800, height: 900 })
    const found = await browser.evaluate(`(() => {
      const all = [...document.querySelectorAll('summary, a, .scroll')].filter((each) => each.checkVisibility())
      return JSON.stringify([all.length > 3, all.filter((each) => { each.focus(); return document.activeElement !== each }).length])
    })()`)
    expect(found).toBe('[true,0]')
  })

  it.for([390, 1100])('opens the page of a comparison in the same way at %d pixels', async (width) => {
    const page = `file://${join(import.meta.dirname, '..', 'golden', 'comparison.html')}`
    const seen = await browser.visit(page, { width, height: 740 })
    expect([seen.requests, seen.complaints]).toEqual([[page], []])
    await browser.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  })

  it('would see a page that asks, complains or is too wide', async () => {
    const file = join(folder, 'bad.html')
    const bad = '<img src="other.png"><div style="width:500px">wide</div><script>console.error("no")</script>'
    writeFileSync(file, `<!doctype html><meta name="viewport" content="width=device-width">${bad}`)
    const seen = await browser.visit(`file://${file}`, { width: 360, height: 740 })
    expect(seen.requests).toContain(`file://${join(folder, 'other.png')}`)
    expect(seen.complaints.join()).toContain('"type":"error"')
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeGreaterThan(360)
  })

  const shaded = (['light', 'dark'] as const).flatMap((scheme) =>
    pages
      .filter(([name]) => ['failing', 'overTime', 'capacity', 'trend'].includes(name))
      .map((page) => ({ scheme, page })),
  )
  it.for(shaded)(
    'has text of at least 4.5 to 1 in the $scheme scheme: $page.0',
    async ({ scheme, page: [name, page] }) => {
      const file = join(folder, `contrast-${scheme}-${name}.html`)
      writeFileSync(file, page)
      await browser.visit(`file://${file}`, { width: 800, height: 900, scheme })
      const faint = await browser.evaluate(`(() => {
      const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number)
      const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255)
      const behind = (node) => {
        for (let at = node; at; at = at.parentElement) {
          const color = rgb(getComputedStyle(at).backgroundColor)
          if (color.length === 3 || color[3] > 0) return color
        }
        return [255, 255, 255]
      }
      for (const each of document.querySelectorAll('details')) each.open = true
      const texts = [...document.querySelectorAll('body *')].filter((node) =>
        [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim() !== ''))
      const found = texts.map((node) => {
        const style = getComputedStyle(node)
        const [a, b] = [light(rgb(node instanceof SVGElement ? style.fill : style.color)), light(behind(node))]
        return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.tagName, node.className.baseVal ?? node.className]
      }).filter(([ratio, tag]) => ratio < 4.5 && tag !== 'title')
      return JSON.stringify([texts.length > 50, found])
    })()`)
      expect(JSON.parse(String(faint))).toEqual([true, []])
    },
  )
})
