import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as samples from '../golden/samples.ts'
import { readResult } from '../json.ts'
import { english } from '../language/language.ts'
import { deliveryChart } from './delivery-chart.ts'
import { renderHtml } from './html.ts'

const { conforming, partial, reference, mixed, failing, unreachable, nothing, several, huge, withText } = samples

/** Every tag with its attributes, as HTML has them; throws where a `<` or a quote stands that is none of ours. */
function tagsOf(page: string): string[] {
  const tag = /^<(?:!doctype html|\/?[a-z][a-z0-9]*(?: [a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*)>/
  return page.split(/(?=<)/).flatMap((piece) => {
    if (!piece.startsWith('<')) return []
    const [found] = tag.exec(piece) ?? []
    if (found === undefined) throw new Error(`not a tag of ours: ${piece.slice(0, 80)}`)
    return [found.replace(/="[^"]*"/g, '')]
  })
}

describe('the HTML report', () => {
  for (const [name, result] of Object.entries({ conforming, failing, partial, unreachable, nothing, several })) {
    it(`writes a ${name} run as in the golden file`, async () => {
      await expect(renderHtml(result)).toMatchFileSnapshot(`../golden/html-${name}.html`)
    })
  }

  it('says the verdict first, then the problems, then the figures', () => {
    const page = renderHtml(failing)
    const places = ['✗ FAILS in 4 points', 'refuses a message whose body', '>Speed<', '>Remarks (6)<'].map((text) =>
      page.indexOf(text),
    )
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('asks nobody for anything, runs nothing, and forbids both', () => {
    for (const result of [failing, partial, mixed]) {
      const page = renderHtml(result)
      expect(page).not.toMatch(/<(script|link|img|iframe|object|form)|@import|url\(| (src|on[a-z]+|style)=/)
      expect(page).toContain('http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src')
    }
  })

  it('lets no text become a tag or an attribute', () => {
    const plain = tagsOf(renderHtml(withText('x')))
    const nasty = fc.string({ unit: fc.constantFrom(...'<>"\'&/=!- \n\u0000\u202eab', '<script>', '</style>', '&lt;') })
    fc.assert(
      fc.property(nasty, (text) => {
        // The letter keeps a text from being empty, which leaves its line out.
        expect(tagsOf(renderHtml(withText(`x${text}`)))).toEqual(plain)
      }),
      { numRuns: 60 },
    )
  })

  it('says loudly that the reference server is no relay', () => {
    expect(renderHtml(reference)).toContain('It says nothing about your relay.')
    expect(renderHtml(failing)).not.toContain('It says nothing about your relay.')
  })

  it('stays below 1 MB for a run of which nearly all fails', () => {
    expect(Buffer.byteLength(renderHtml(huge))).toBeLessThan(1_000_000)
  })

  it('shows a record of an earlier or later version, with fields missing and fields unknown', () => {
    const without = (value: object, ...fields: string[]) => ({
      ...Object.fromEntries(Object.entries(value).filter(([name]) => !fields.includes(name))),
      later: { deep: [true] },
    })
    const old = {
      ...failing,
      hosts: failing.hosts.map((host) => without(host, 'roundTrip', 'seconds', 'implementation', 'diagnosis')),
      findings: failing.findings.map((item) => without(item, 'reason', 'why', 'fix', 'skipped', 'missing')),
      observations: failing.observations.map((item) => without(item, 'unit')),
      measurements: failing.measurements.map((item) => without(item)),
    }
    const page = renderHtml(readResult(JSON.stringify(old)))
    expect(page).toContain('FAILS in 4 points')
    expect(page).not.toMatch(/undefined|NaN|\[object/)
  })
})

describe('the chart of deliveries', () => {
  const drawn = (samplesOf: number[], censored = 0): string =>
    deliveryChart(english, { id: 'delivery', host: 'h', title: 'delivery', unit: 'ms', samples: samplesOf, censored })
      .markup

  it('counts every message once, whatever the times', () => {
    const times = fc.array(fc.double({ min: 0, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 9 }), (ms, censored) => {
        const markup = drawn(ms, censored)
        const bars = [...markup.matchAll(/class="middle">(\d+)<\/text>/g)].map(([, n]) => Number(n))
        expect(bars.reduce((sum, n) => sum + n, 0)).toBe(ms.length + censored)
        expect(markup).not.toMatch(/NaN|Infinity|(width|height)="-/)
      }),
    )
  })

  it('draws what took longer than a second as late, and shows the limit', () => {
    const markup = drawn([200, 999, 1_000, 1_500])
    expect(markup.match(/<g class="bar">/g)).toHaveLength(2)
    expect(markup.match(/<g class="late">/g)).toHaveLength(2)
    expect(markup).toContain('limit: 1 s')
  })
})
