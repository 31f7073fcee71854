import { describe, expect, it } from 'vitest'
import { matchesPattern } from './pattern.ts'

describe('a pattern', () => {
  it('is the id itself, or has * within a part and ** across parts', () => {
    expect(matchesPattern('imap/idles', 'imap/idles')).toBe(true)
    expect(matchesPattern('imap/*', 'imap/idles')).toBe(true)
    expect(matchesPattern('*', 'imap/idles')).toBe(false)
    expect(matchesPattern('**', 'imap/idles')).toBe(true)
    expect(matchesPattern('*/idles', 'imap/idles')).toBe(true)
  })

  it('takes every other character as it stands', () => {
    expect(matchesPattern('a.c/d', 'abc/d')).toBe(false)
    expect(matchesPattern('a+(b', 'a+(b')).toBe(true)
  })
})
