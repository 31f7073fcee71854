import { describe, expect, it } from 'vitest'
import { keepEvidence } from './evidence.ts'
import * as samples from './golden/samples.ts'
import { NotAResult, readResult, renderJson } from './json.ts'

describe('the JSON record', () => {
  it('reads back what it wrote, unknown fields included', () => {
    const later = { ...samples.mixed, fromTheFuture: { a: 1 } }
    expect(readResult(renderJson(later))).toEqual(later)
  })

  it('says what is wrong with a file that is no record', () => {
    expect(() => readResult('{')).toThrow(new NotAResult('it is not JSON'))
    expect(() => readResult('{"format":"chatmail-check/result/9"}')).toThrow(
      /result\/9.*wanted chatmail-check\/result\/1/,
    )
    expect(() => readResult(JSON.stringify({ ...samples.mixed, seed: 'x' }))).toThrow(/^seed: /)
    expect(() => readResult('null')).toThrow(/no format/)
  })

  it('keeps wire lines of failures, of all, or of none', () => {
    const passing = { ...samples.mixed.findings[1], verdict: 'pass' } as (typeof samples.mixed.findings)[number]
    const result = { ...samples.mixed, findings: [...samples.mixed.findings, passing] }
    const lines = (mode: 'failures' | 'all' | 'none'): number =>
      keepEvidence(result, mode).findings.reduce((total, item) => total + item.evidence.length, 0)
    expect([lines('all'), lines('failures'), lines('none')]).toEqual([11, 6, 0])
  })
})
