import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keepEvidence } from './evidence.ts'
import * as samples from './golden/samples.ts'
import { formats } from './index.ts'
import { NotAResult, readResult, renderJson } from './json.ts'

describe('the JSON record', () => {
  it('reads back what it wrote, unknown fields included', () => {
    const later = { ...samples.mixed, fromTheFuture: { a: 1 } }
    expect(readResult(renderJson(later))).toEqual(later)
  })

  it('says what is wrong with a file that is no record', () => {
    expect(() => readResult('{')).toThrow(new NotAResult('it is not JSON'))
    expect(() => readResult('{"format":"chatmail-check/result/9"}')).toThrow(
      /newer version \(chatmail-check\/result\/9\).*reads chatmail-check\/result\/1: update/,
    )
    expect(() => readResult(JSON.stringify({ ...samples.mixed, seed: 'x' }))).toThrow(/^seed: /)
    expect(() => readResult('{"format":"chatmail-check/result/0"}')).toThrow(/result\/0.*wanted/)
    expect(() => readResult('null')).toThrow(/no format/)
  })

  it('is read back from a file of the first version, and rendered in every format', async () => {
    const text = readFileSync(join(import.meta.dirname, 'golden/result-1.0.json'), 'utf8')
    const old = readResult(text)
    expect(old).toEqual(JSON.parse(text))
    for (const { render } of Object.values(formats)) {
      const shown = render(old, { color: false, width: 80 })
      expect(shown).toContain('chat')
      expect(shown).not.toMatch(/undefined|NaN|\[object/)
    }
  })

  it('keeps wire lines of failures, of all, or of none', () => {
    const passing = { ...samples.mixed.findings[1], verdict: 'pass' } as (typeof samples.mixed.findings)[number]
    const result = { ...samples.mixed, findings: [...samples.mixed.findings, passing] }
    const lines = (mode: 'failures' | 'all' | 'none'): number =>
      keepEvidence(result, mode).findings.reduce((total, item) => total + item.evidence.length, 0)
    expect([lines('all'), lines('failures'), lines('none')]).toEqual([11, 6, 0])
  })
})
