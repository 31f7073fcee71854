import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Malformed } from './malformed.ts'
import { latin1, octets } from './octets.ts'
import { ehloExtensions, type SmtpReply, SmtpReplyReader } from './smtp-reply.ts'

function read(chunks: readonly string[]): SmtpReply[] {
  const reader = new SmtpReplyReader()
  const replies: SmtpReply[] = []
  for (const chunk of chunks) {
    reader.push(chunk)
    for (let next = reader.next(); next !== undefined; next = reader.next()) replies.push(next)
  }
  return replies
}

function cut(text: string, places: readonly number[]): string[] {
  const edges = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length]
  return edges.slice(1).map((end, i) => text.slice(edges[i], end))
}

const line = fc.stringMatching(/^[\x01-\x09\x0b\x0c\x0e-\x7e]{0,40}$/)
const reply = fc.record({
  code: fc.integer({ min: 200, max: 599 }),
  lines: fc.array(line, { minLength: 1, maxLength: 5 }),
})

test('replies come out as they were written, in any chunking', () => {
  fc.assert(
    fc.property(fc.array(reply, { maxLength: 6 }), fc.array(fc.nat(5000), { maxLength: 20 }), (replies, places) => {
      const wire = replies
        .flatMap(({ code, lines }) => lines.map((text, i) => `${code}${i === lines.length - 1 ? ' ' : '-'}${text}\r\n`))
        .join('')
      const got = read(cut(wire, places))
      expect(got.map(({ code, lines }) => ({ code, lines }))).toEqual(replies)
    }),
  )
})

test('any octets give replies or Malformed, nothing else', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 100 }).map((bytes) => latin1(bytes, 0, bytes.length)),
    fc
      .array(fc.constantFrom('250', '-', ' ', '\r\n', '\n', '5', '2.1.0', 'x'), { maxLength: 30 })
      .map((all) => all.join('')),
  )
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 4 }), (chunks) => {
      try {
        read(chunks)
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed)
      }
    }),
    { numRuns: 500 },
  )
})

test('the enhanced code is read where there is one', () => {
  const enhanced = (text: string) => read([`${text}\r\n`])[0]?.enhanced
  expect(enhanced('250 2.1.0 Ok')).toBe('2.1.0')
  expect(enhanced('450 4.7.1: Too much mail from x')).toBe('4.7.1')
  expect(enhanced('523 Encryption Needed: Invalid Unencrypted Mail')).toBeUndefined()
  expect(enhanced('250 2.1.0.4 is an address')).toBeUndefined()
  expect(enhanced('250')).toBeUndefined()
})

test('a code alone, a bare LF and UTF-8 are read', () => {
  expect(read(['354\n', `250 gr${latin1(Buffer.from('ü'), 0, 2)}n\r\n`])).toEqual([
    { code: 354, lines: [''], text: '' },
    { code: 250, lines: ['grün'], text: 'grün' },
  ])
})

test('what is not a reply, changes its code, or does not end is Malformed', () => {
  for (const wire of ['* OK ready\r\n', '25 x\r\n', '250_x\r\n', '199 x\r\n', '250-a\r\n251 b\r\n', '\r\n']) {
    expect(() => read([wire])).toThrow(Malformed)
  }
  expect(() => read(['250 ', 'x'.repeat(9000)])).toThrow(/line/)
  expect(() => read(Array.from({ length: 600 }, () => '250-x\r\n'))).toThrow(/lines/)
})

test('EHLO keywords come in upper case with their parameters', () => {
  const [ehlo] = read(['250-a.test hello\r\n250-size 31457280\r\n250-AUTH PLAIN LOGIN\r\n250 PIPELINING\r\n'])
  expect(ehloExtensions(ehlo as SmtpReply)).toEqual(
    new Map([
      ['SIZE', '31457280'],
      ['AUTH', 'PLAIN LOGIN'],
      ['PIPELINING', ''],
    ]),
  )
  expect(octets('é')).toEqual(Uint8Array.of(0xe9))
})
