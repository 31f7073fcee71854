// Every page in a real browser: Chromium, driven by its own protocol over a pipe, since nothing else is needed. One for all pages.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failing } from '../golden/samples.ts'
import { openLanguage } from '../language/language.ts'
import { languageNames } from '../language/names.ts'
import { renderHtml } from './html.ts'
import { type Browser, openBrowser, type Visit } from './test-browser.ts'
import { pages } from './test-pages.ts'

const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0,
)
const telephone = { width: 390, height: 844 }
/** What is left of A4 between the margins of a browser, in CSS pixels. */
const paper = { width: 718, height: 1_047, print: true }

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }

/** Failing points that are translated, beside some that are not. */
const told = {
  ...failing,
  findings: failing.findings.map((each, at) =>
    at === 0 ? { ...each, requirement: 'encryption.refuses-cleartext' } : each,
  ),
}

describe.skipIf(chromium === undefined)('the pages in Chromium (needs chromium)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'html-report-'))
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '', join(folder, 'profile'))
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  const addressOf = (name: string): string => `file://${join(folder, `${name.replaceAll(' ', '-')}.html`)}`

  async function open(name: string, html: string): Promise<Visit> {
    writeFileSync(new URL(addressOf(name)), html)
    return await browser.visit(addressOf(name), telephone)
  }

  const widthOf = async (): Promise<number> => Number(await browser.evaluate('document.documentElement.scrollWidth'))
  const unfold = async (): Promise<unknown> =>
    await browser.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")

  /** Ids and places of what axe finds. */
  async function faults(): Promise<unknown> {
    await browser.evaluate(`${axe}; 0`)
    return await read(`axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(({ violations, passes }) =>
      JSON.stringify(passes.length === 0 ? ['nothing was judged'] :
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' '))))`)
  }

  /** By Tab through the whole page: what was not reached, and what did not show its focus. */
  async function walk(): Promise<unknown> {
    const wanted = Number(await browser.evaluate(beginWalk))
    for (let pressed = 0; pressed <= wanted; pressed++) await browser.pressTab()
    return await read('JSON.stringify({ missed: walk.missed(), unseen: walk.unseen })')
  }

  const read = async (expression: string): Promise<unknown> => JSON.parse(String(await browser.evaluate(expression)))

  describe.each(pages)('$name', ({ name, html, inSight, big }) => {
    let seen: Visit
    let bottoms: readonly unknown[] = []

    beforeAll(async () => {
      seen = await open(name, html)
      for (const selector of inSight)
        bottoms = [
          ...bottoms,
          await browser.evaluate(`document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect().bottom`),
        ]
    })

    it('is under 1 MB, asks for nothing and complains of nothing', () => {
      expect(Buffer.byteLength(html)).toBeLessThan(1_000_000)
      expect([seen.requests, seen.complaints]).toEqual([[addressOf(name)], []])
    })

    it('shows the verdict and the first problem on a telephone before anybody scrolls', () => {
      for (const bottom of bottoms) expect(bottom).toBeLessThanOrEqual(telephone.height)
    })

    it('fits a telephone, and is clean by axe', { timeout: 40_000 }, async () => {
      await browser.look(telephone)
      expect(await widthOf()).toBeLessThanOrEqual(telephone.width)
      await unfold()
      expect(await widthOf()).toBeLessThanOrEqual(telephone.width)
      await browser.look({ width: 360, height: 740 })
      expect(await widthOf()).toBeLessThanOrEqual(360)
      if (!big) expect(await faults()).toEqual([])
    })

    it.skipIf(big)('has text of at least 4.5 to 1, light and dark', async () => {
      await unfold()
      for (const scheme of ['light', 'dark'] as const) {
        await browser.look({ width: 800, height: 900, scheme })
        const { texts, faint } = (await read(contrasts)) as { texts: number; faint: unknown[] }
        expect([scheme, texts > 5, faint]).toEqual([scheme, true, []])
      }
    })

    it.skipIf(big)('is reached by the keyboard alone, each thing with its focus shown', async () => {
      await browser.look({ width: 800, height: 900 })
      expect(await walk()).toEqual({ missed: [], unseen: [] })
    })

    it.skipIf(big)('is light on paper, with nothing cut off', async () => {
      await browser.look({ ...paper, scheme: 'dark' })
      expect(await browser.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
      expect(await widthOf()).toBeLessThanOrEqual(paper.width)
      expect(await read(cutOff)).toEqual([])
    })
  })

  it.for(languageNames)('fits 390 pixels in %s, with the verdict and the first problem in sight', async (name) => {
    const { complaints } = await open(`language ${name}`, renderHtml(told, await openLanguage(name)))
    expect(complaints).toEqual([])
    expect(await browser.evaluate('document.documentElement.lang')).toBe(name)
    expect(await browser.evaluate("document.querySelector('article h4').getBoundingClientRect().bottom")).toBeLessThan(
      telephone.height,
    )
    await unfold()
    expect(await widthOf()).toBeLessThanOrEqual(telephone.width)
    expect(await faults()).toEqual([])
  })

  it('would see a page that asks, complains, is too wide, faint, cut off, or has what no key reaches', async () => {
    const bad = [
      '<meta name="viewport" content="width=device-width"><style>a:focus { outline: none }</style>',
      '<img src="other.png"><div style="width:900px">wide</div><script>console.error("no")</script>',
      '<p style="color:#999">faint <a href="#x">unseen</a> <a href="#x" tabindex="-1">unreached</a></p>',
      '<body style="background:#fff"><div class="scroll" aria-label="cut" style="overflow:auto;width:90px"><pre>',
      `${'x'.repeat(40)}</pre></div>`,
    ]
    const { requests, complaints } = await open('bad', `<!doctype html>${bad.join('')}`)
    expect(requests).toContain(addressOf('bad').replace('bad.html', 'other.png'))
    expect(complaints.join()).toContain('"type":"error"')
    expect(await widthOf()).toBeGreaterThan(telephone.width)
    expect(await faults()).not.toEqual([])
    expect(JSON.stringify(((await read(contrasts)) as { faint: unknown[] }).faint)).toContain('"P"')
    expect(await read(cutOff)).toEqual(['cut'])
    const seen = (await walk()) as Record<string, string[]>
    expect([seen.missed, seen.unseen]).toEqual([['A unreached'], expect.arrayContaining(['A unseen'])])
  })
})

/** In the page: all that can be used, and what a walk by Tab has reached and shown of it. Gives how many there are. */
const beginWalk = `(() => {
  const all = [...document.querySelectorAll('a[href], summary, button, input, [tabindex="0"]')]
    .filter((each) => each.checkVisibility())
  const reached = new Set()
  const nameOf = (each) => each.tagName + ' ' + each.textContent.slice(0, 40)
  window.walk = { missed: () => all.filter((each) => !reached.has(each)).map(nameOf), unseen: [] }
  document.addEventListener('focusin', ({ target }) => {
    reached.add(target)
    const { outlineStyle, outlineWidth } = getComputedStyle(target)
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) walk.unseen.push(nameOf(target))
  })
  return all.length
})()`

/** In the page: texts, and those too faint against what is behind them (WCAG 2.2, 1.4.3). */
const contrasts = `(() => {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const rgb = (text) => {
    const numbers = (text.match(/[\\d.]+/g) ?? []).map(Number)
    return text.startsWith('color(') ? numbers.map((value, at) => (at < 3 ? value * 255 : value)) : numbers
  }
  const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255)
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor)
      if (color.length === 3 || color[3] > 0) return color
    }
    return [255, 255, 255]
  }
  const texts = [...document.querySelectorAll('body *')].filter((node) =>
    [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim() !== ''))
  const faint = texts.map((node) => {
    const style = getComputedStyle(node)
    const [a, b] = [light(rgb(node instanceof SVGElement ? style.fill : style.color)), light(behind(node))]
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.tagName, node.className.baseVal ?? node.className]
  }).filter(([ratio, tag]) => ratio < 4.5 && tag !== 'title')
  return JSON.stringify({ texts: texts.length, faint })
})()`

/** In the page: names of tables that are wider than their frames. */
const cutOff = `JSON.stringify([...document.querySelectorAll('.scroll')]
  .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.getAttribute('aria-label')))`
