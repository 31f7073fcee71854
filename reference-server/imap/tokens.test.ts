// Arguments as clients write them become trees; nonsense is refused and never hangs.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { astring, dateTime, parseDate, string } from './quoting.ts'
import { formatSet, parseSet } from './sequence-set.ts'
import { SyntaxTrouble, stringOf, tokenize } from './tokens.ts'

test('atoms, quoted strings, literals, lists and sections are told apart', () => {
  const tokens = tokenize([
    '1:* (FLAGS BODY.PEEK[HEADER.FIELDS (FROM "To")]<0.10>) "a \\"b\\"" ',
    Buffer.from('lit'),
    ' x',
  ])
  expect(tokens).toEqual([
    { kind: 'atom', text: '1:*' },
    {
      kind: 'list',
      items: [
        { kind: 'atom', text: 'FLAGS' },
        {
          kind: 'section',
          name: 'BODY.PEEK',
          rest: '<0.10>',
          items: [
            { kind: 'atom', text: 'HEADER.FIELDS' },
            {
              kind: 'list',
              items: [
                { kind: 'atom', text: 'FROM' },
                { kind: 'quoted', text: 'To' },
              ],
            },
          ],
        },
      ],
    },
    { kind: 'quoted', text: 'a "b"' },
    { kind: 'literal', bytes: Buffer.from('lit') },
    { kind: 'atom', text: 'x' },
  ])
})

test('an address literal is one atom', () => {
  expect(tokenize(['user@[192.0.2.1] pw'])).toEqual([
    { kind: 'atom', text: 'user@[192.0.2.1]' },
    { kind: 'atom', text: 'pw' },
  ])
})

test('whatever string is quoted comes back as it was', () => {
  const bytes = fc.uint8Array({ maxLength: 100 }).map((octets) => Buffer.from(octets).toString('latin1'))
  fc.assert(
    fc.property(bytes, (text) => {
      const written = string(text)
      const [, size] = /^\{(\d+)\}\r\n/.exec(written) ?? []
      if (size === undefined) expect(stringOf(tokenize([written])[0])).toBe(text)
      else expect(written.slice(-Number(size) || written.length)).toBe(text)
      if (!astring(text).startsWith('{')) expect(stringOf(tokenize([astring(text)])[0])).toBe(text)
    }),
  )
})

test('any line becomes a tree or a syntax error', () => {
  const piece = fc.stringMatching(/^[ ()[\]"\\<>.{}a-zA-Z0-9*%]{0,60}$/)
  fc.assert(
    fc.property(piece, (line) => {
      try {
        tokenize([line])
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxTrouble)
      }
    }),
    { numRuns: 2000 },
  )
})

test('sets are read and written', () => {
  expect(parseSet('1:3,7,9:*,5:4')).toEqual([
    { from: 1, to: 3 },
    { from: 7, to: 7 },
    { from: 9, to: Number.POSITIVE_INFINITY },
    { from: 4, to: 5 },
  ])
  for (const wrong of ['', '0', 'a', '1:', '1,,2', '1-2']) expect(parseSet(wrong)).toBeUndefined()
  expect(formatSet([1, 2, 3, 5, 7, 8])).toBe('1:3,5,7:8')
})

test('dates are read in any zone and written in UTC', () => {
  expect(parseDate('21-Nov-2026 01:45:42 +0100')).toBe(Date.UTC(2026, 10, 21, 0, 45, 42))
  expect(parseDate(' 1-feb-2020')).toBe(Date.UTC(2020, 1, 1))
  expect(parseDate('1-Foo-2020')).toBeUndefined()
  expect(dateTime(Date.UTC(2026, 10, 1, 2, 3, 4))).toBe('" 1-Nov-2026 02:03:04 +0000"')
})
