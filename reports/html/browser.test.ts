// The HTML report in a real browser: Chromium, driven by its own protocol over a pipe, since nothing else is needed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as samples from '../golden/samples.ts'
import { renderHtml } from './html.ts'
import { type Browser, openBrowser } from './test-browser.ts'

const { conforming, partial, failing, several, unreachable, huge } = samples
const hostile = samples.withText(
  `'"></style></title><script>console.error(1)</script><img src=x onerror=alert(1)>${'W'.repeat(900)}`,
)
const pages = Object.entries({ conforming, partial, failing, several, unreachable, huge, hostile })
const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0,
)

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

  it.for(pages)('opens %s without a request, an error or a sideways scroll at 360 pixels', async ([name, result]) => {
    const file = join(folder, `${name}.html`)
    writeFileSync(file, renderHtml(result))
    const seen = await browser.visit(`file://${file}`, { width: 360, height: 740 })
    expect(seen.requests).toEqual([`file://${file}`])
    expect(seen.complaints).toEqual([])
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    // Also with everything unfolded.
    await browser.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
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

  it.for(['light', 'dark'] as const)('has text of at least 4.5 to 1 in the %s scheme', async (scheme) => {
    const file = join(folder, `contrast-${scheme}.html`)
    writeFileSync(file, renderHtml(failing))
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
  })
})
