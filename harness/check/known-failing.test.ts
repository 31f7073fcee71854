import { describe, expect, it } from 'vitest'
import { coverOf, KnownFailingError, parseKnownFailing } from './known-failing.ts'

describe('the known-failing file', () => {
  it('holds ids or patterns, a reason and perhaps a day', () => {
    const entries = parseKnownFailing(
      '# ours\nimap/moves-messages  ticket 12  until=2026-12-31\n\nencryption/*  filter is being rewritten # soon\n',
    )
    expect(entries).toEqual([
      { pattern: 'imap/moves-messages', reason: 'ticket 12', until: '2026-12-31', line: 2 },
      { pattern: 'encryption/*', reason: 'filter is being rewritten', line: 4 },
    ])
  })

  it('says which line is wrong', () => {
    expect(() => parseKnownFailing('a/b  why  until=tomorrow')).toThrow(KnownFailingError)
    expect(() => parseKnownFailing('a/b ok\nc/d until=2026-12-31')).toThrow('line 2: c/d needs a reason')
  })

  it('holds to the end of its last day', () => {
    const entries = parseKnownFailing('a/*  why  until=2026-11-21')
    expect(coverOf('a/b', entries, new Date('2026-11-21T23:00:00Z'))?.expired).toBe(false)
    expect(coverOf('a/b', entries, new Date('2026-11-22T01:00:00Z'))?.expired).toBe(true)
    expect(coverOf('b/a', entries, new Date())).toBeUndefined()
  })
})
