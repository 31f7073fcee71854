import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columns, printable, wrap } from './plain-text.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 200 })

describe('text of strangers', () => {
  it('is printed without controls, whatever it holds', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      }),
    )
  })

  it('shows an escape sequence as text', () => {
    expect(printable('\u001b[2Jhi\u202e\ud800')).toBe('\\x1b[2Jhi\\u202e\\ud800')
  })

  it('is cut with the number of characters left out', () => {
    expect(printable('abcdef', 4)).toBe('abcd... (2 more characters)')
  })

  it('never becomes wider than the page', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 10, max: 100 }), (text, width) => {
        for (const line of wrap(printable(text), width)) expect(columns(line)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('loses nothing but spaces when wrapped', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 10, max: 100 }), (text, width) => {
        const shown = printable(text)
        expect(wrap(shown, width).join('').replaceAll(' ', '')).toBe(shown.replaceAll(' ', ''))
      }),
    )
  })

  it('counts wide and combining characters', () => {
    expect(columns('例え')).toBe(4)
    expect(columns('e\u0301')).toBe(1)
  })
})
