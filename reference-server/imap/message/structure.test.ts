// MIME trees, headers and envelopes of good and of broken messages.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conformingImap } from '../../behaviour/imap.ts'
import { bodyStructure } from './body-structure.ts'
import { envelope } from './envelope.ts'
import { bodyStart, headerFields } from './header.ts'
import { sectionOf } from './section.ts'
import { findPart, parseStructure } from './structure.ts'

function buffer(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

const nested = buffer(
  'Content-Type: multipart/mixed; boundary=o',
  '',
  'preamble',
  '--o',
  'Content-Type: multipart/alternative; boundary="i"',
  '',
  '--i',
  '',
  'plain',
  '--i',
  'Content-Type: text/html',
  '',
  '<p>',
  '--i--',
  '--o',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  '',
  'body of inner',
  '--o--',
  'epilogue',
  '',
)

test('numbered sections reach into multiparts and messages', () => {
  const text = (part: number[], what: 'HEADER' | 'TEXT' | 'MIME' | '' = '') =>
    sectionOf(nested, { part, what, fields: [] }, conformingImap.fetch)?.toString()
  expect(text([1, 1])).toBe('plain')
  expect(text([1, 2])).toBe('<p>')
  expect(text([1, 2], 'MIME')).toBe('Content-Type: text/html\r\n\r\n')
  expect(text([2])).toBe('Subject: inner\r\n\r\nbody of inner')
  expect(text([2], 'HEADER')).toBe('Subject: inner\r\n\r\n')
  expect(text([2], 'TEXT')).toBe('body of inner')
  expect(text([2, 1])).toBe('body of inner')
  expect(text([3])).toBeUndefined()
  expect(text([1, 1, 1])).toBeUndefined()
})

test('a message that is no multipart has one part', () => {
  const plain = buffer('Subject: x', '', 'text')
  expect(findPart(parseStructure(plain), [1])?.body).toEqual({ start: 14, end: 18 })
  expect(findPart(parseStructure(plain), [1, 1])).toBeUndefined()
  expect(findPart(parseStructure(plain), [2])).toBeUndefined()
})

test('envelopes tell groups, quoted names and comments', () => {
  const fields = headerFields(
    buffer(
      'From: "Doe, J." <j@x.test>, k@y.test (Kay)',
      'To: "hidden-recipients": ;',
      'Subject: =?utf-8?q?x?=',
      'Cc: Team: a@b, "q r"@c;',
      '',
    ),
    { start: 0, end: 200 },
  )
  expect(envelope(fields)).toBe(
    '(NIL "=?utf-8?q?x?=" (("Doe, J." NIL "j" "x.test")("Kay" NIL "k" "y.test")) ' +
      '(("Doe, J." NIL "j" "x.test")("Kay" NIL "k" "y.test")) (("Doe, J." NIL "j" "x.test")("Kay" NIL "k" "y.test")) ' +
      '((NIL NIL "hidden-recipients" NIL)(NIL NIL NIL NIL)) ' +
      '((NIL NIL "Team" NIL)(NIL NIL "a" "b")(NIL NIL "\\"q r\\"" "c")(NIL NIL NIL NIL)) NIL NIL NIL)',
  )
})

test('folded fields, bare line feeds and missing bodies are borne', () => {
  const bytes = Buffer.from('A: one\n\ttwo\nB : three\r\nnonsense\r\nC:\r\n')
  expect(headerFields(bytes, { start: 0, end: bytes.length }).map(({ name, value }) => [name, value])).toEqual([
    ['A', 'one\ttwo'],
    ['B', 'three'],
    ['C', ''],
  ])
  expect(bodyStart(bytes, { start: 0, end: bytes.length })).toBe(bytes.length)
})

test('no bytes break the parsers', () => {
  const words = fc.constantFrom(
    ...[
      '--b\r\n',
      '--b--\r\n',
      '\r\n',
      'Content-Type: multipart/mixed; boundary=b\r\n',
      'Content-Type: message/rfc822\r\n',
    ],
    ...['From: <a@', 'x: "', '(', '\n', 'text', '\0', '\xff', 'To: a:;,<>"\r\n'],
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
      const bytes = Buffer.from(parts.join(''), 'latin1')
      const root = parseStructure(bytes)
      expect(bodyStructure(bytes, root, true)).toMatch(/^\(.*\)$/s)
      expect(envelope(root.fields)).toMatch(/^\(.*\)$/s)
    }),
    { numRuns: 500 },
  )
})

test('a message of very many parts is walked in time', () => {
  const parts = Array.from({ length: 20_000 }, () => '--b\r\n\r\nx\r\n').join('')
  const bytes = Buffer.from(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`)
  const started = performance.now()
  expect(parseStructure(bytes).children.length).toBeLessThanOrEqual(500)
  expect(performance.now() - started).toBeLessThan(1000)
})
