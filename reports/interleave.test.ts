import { describe, expect, it } from 'vitest'
import type { Interleave } from '../harness/result/interleave.ts'
import { renderInterleave, renderInterleaveMarkdown } from './interleave.ts'
import { english, openLanguage } from './language/language.ts'

const stage = { old: 12, new: 15.24, control: 9, change: 3.24, low: 2.9, tolerance: 1.2, machine: 'steady' } as const
const record: Interleave = {
  format: 'chatmail-check/interleave/1',
  tool: { name: 'chatmail-check', version: '0.1.0' },
  started: '2026-03-01T12:00:00.000Z',
  seconds: 61.6,
  seed: 1,
  old: { label: 'old.example' },
  new: { label: 'new.example' },
  rounds: Array.from({ length: 2 }, () => ({ old: {}, new: {}, control: null })),
  stages: [
    { ...stage, stage: 'delivery.rcpt', verdict: 'slower', high: 3.5 },
    { ...stage, stage: 'whole', verdict: 'open', change: -0.01 },
  ],
  verdict: 'slower',
  reason: 'slower at delivery.rcpt',
  troubles: [{ arm: 'control', text: 'it `broke`', count: 2 }],
}

describe('two servers measured in turns', () => {
  it('are told as Markdown, an unknown end as such', () => {
    expect(renderInterleaveMarkdown(record, english).split('\n').slice(0, 7)).toEqual([
      '## `new.example` against `old.example`: SLOWER',
      '',
      'delivery.rcpt takes 3.2 ms longer (+27 %). 2 messages through each in turns, over new sessions, in 62 s',
      '',
      '| stage | old | new | change | between | beside |  |',
      '| --- | --: | --: | --: | --: | --: | --- |',
      '| delivery.rcpt | 12.0 | 15.2 | +3.2 | +2.9 to +3.5 | 9.0 | slower |',
    ])
  })

  it('are told in other languages, with their numbers and plurals', async () => {
    const text = renderInterleaveMarkdown(record, await openLanguage('uk'))
    expect(text).toContain('| whole | 12,0 | 15,2 | 0,0 | від +2,9 до ? | 9,0 | неясно |')
    expect(text).toContain('2 повідомлення через кожен по черзі')
    expect(text).toContain("- 2 рази на еталонному сервері: `it 'broke'`")
  })

  it('are English in the terminal', () => {
    const text = renderInterleave(record, { color: false, width: 80 })
    expect(text).toContain('2 times on the reference server: it `broke`')
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  })
})
