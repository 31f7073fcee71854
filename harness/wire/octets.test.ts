import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { dotStuff, dotUnstuff } from './dot-stuffing.ts'
import { astring, quoted } from './imap-command.ts'
import { LineReader } from './line-reader.ts'
import { Malformed } from './malformed.ts'
import { concat, latin1, octets, utf8 } from './octets.ts'

test('octets become text and octets again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9000 }), (bytes) => {
      expect(octets(latin1(bytes, 0, bytes.length))).toEqual(bytes)
    }),
  )
})

test('UTF-8 is read, and what is not UTF-8 stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8(Buffer.from(text, 'utf8').toString('latin1'))).toBe(Buffer.from(text, 'utf8').toString('utf8'))
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      const text = latin1(bytes, 0, bytes.length)
      const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
      let expected = text
      try {
        expected = strict.decode(bytes)
      } catch {}
      expect(utf8(text)).toBe(expected)
    }),
    { numRuns: 500 },
  )
})

test('base64 agrees with Node, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64')
      expect(encodeBase64(bytes)).toBe(text)
      expect(decodeBase64(text)).toEqual(bytes)
      expect(decodeBase64(text.replace(/=/g, ''))).toEqual(bytes)
    }),
  )
})

test('what is not base64 is Malformed', () => {
  for (const text of ['a', 'ab=c', '????', 'ab===', 'abcde']) expect(() => decodeBase64(text)).toThrow(Malformed)
  expect(decodeBase64(' YW\r\nI= ')).toEqual(octets('ab'))
})

const mail = fc
  .array(fc.constantFrom('.', '..', '\r\n', '\r\n.', '\n', '\n.', '\r', 'a', ' ', 'text'), { maxLength: 30 })
  .map((parts) => octets(parts.join('')))

test('a stuffed message comes out whole, ended by CRLF, whatever dots are in it', () => {
  fc.assert(
    fc.property(mail, (message) => {
      const wire = dotStuff(message)
      const text = latin1(message, 0, message.length)
      const ended = text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`
      const back = dotUnstuff(wire) ?? octets('unfinished')
      expect(latin1(back, 0, back.length)).toBe(ended)
      // The end shows nowhere but at the end.
      expect(dotUnstuff(wire.subarray(0, wire.length - 1))).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('a message without a dot is left as it is, and one that ends in the middle of a line is ended', () => {
  const wire = (text: string) => {
    const bytes = dotStuff(octets(text))
    return latin1(bytes, 0, bytes.length)
  }
  expect(wire('')).toBe('.\r\n')
  expect(wire('a\r\n')).toBe('a\r\n.\r\n')
  expect(wire('a')).toBe('a\r\n.\r\n')
  expect(wire('.\r\n..\r\na.b\n.c')).toBe('..\r\n...\r\na.b\n.c\r\n.\r\n')
  expect(wire('a\r')).toBe('a\r\r\n.\r\n')
})

test('lines come out of any chunking, and no longer than asked', () => {
  const lines = fc.array(fc.stringMatching(/^[\x00-\x09\x0b\x0c\x0e-\xff]{0,30}$/), { maxLength: 10 })
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 40 }), (written, size) => {
      const wire = octets(written.map((line) => `${line}\r\n`).join(''))
      const reader = new LineReader()
      const read: string[] = []
      for (let at = 0; at < wire.length; at += size) {
        reader.push(wire.subarray(at, at + size))
        for (let line = reader.takeLine(100); line !== undefined; line = reader.takeLine(100)) read.push(line)
      }
      expect(read).toEqual(written)
      expect(reader.buffered).toBe(0)
    }),
  )
  const reader = new LineReader()
  reader.push(octets('12345678901'))
  expect(() => reader.takeLine(10)).toThrow(Malformed)
  expect(reader.takeBytes(11)).toHaveLength(11)
  expect(reader.takeBytes(1)).toBeUndefined()
})

test('an astring is an atom, quoted, or left to a literal', () => {
  expect(astring('INBOX')).toBe('INBOX')
  expect(astring('a b')).toBe('"a b"')
  expect(astring('')).toBe('""')
  expect(astring('a\r\nb')).toBeUndefined()
  expect(quoted('a"\\')).toBe('"a\\"\\\\"')
  expect(concat([])).toHaveLength(0)
})
