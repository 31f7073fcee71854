import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latin1, utf8 } from './octets.ts'
import { headerFields, headerValues, messageIdOf, splitMessage } from './parse.ts'

const message = utf8(
  'Received: from a\r\n\tby b\r\nReceived: from c\r\nSubject:  two\r\n  words \r\nnot a field\r\nX-Empty:\r\nMESSAGE-id: <a@b>\r\n\r\nbody: x\r\n\r\nmore',
)

describe('reading a message', () => {
  it('keeps header and body apart at the first empty line', () => {
    const { header, body } = splitMessage(message)
    expect(latin1(header)).toMatch(/<a@b>\r\n$/)
    expect(latin1(body)).toBe('body: x\r\n\r\nmore')
    expect(latin1(splitMessage(utf8('a: b\n\nc')).body)).toBe('c')
    expect(latin1(splitMessage(utf8('\r\nbody')).body)).toBe('body')
    expect(splitMessage(utf8('a: b\r\n')).body).toHaveLength(0)
  })

  it('gives all values of a name, unfolded, and the raw field', () => {
    expect(headerValues(message, 'received')).toEqual(['from a\tby b', 'from c'])
    expect(headerValues(message, 'Subject')).toEqual(['two  words'])
    expect(headerValues(message, 'x-empty')).toEqual([''])
    expect(headerValues(message, 'body')).toEqual([])
    expect(headerFields(message)[0]?.raw).toBe('Received: from a\r\n\tby b')
    expect(headerFields(message).map((field) => field.name)).not.toContain('not a field')
  })

  it('finds the Message-ID', () => {
    expect(messageIdOf(message)).toBe('<a@b>')
    expect(messageIdOf(utf8('Message-ID:\r\n <folded@b>\r\n\r\n'))).toBe('<folded@b>')
    expect(messageIdOf(utf8('Subject: x\r\n\r\nMessage-ID: <no@b>'))).toBeUndefined()
  })

  it('keeps every octet of a value', () => {
    expect(headerValues(Uint8Array.of(0x61, 0x3a, 0xe9, 0xff, 13, 10, 13, 10), 'a')).toEqual(['\u00e9\u00ff'])
  })

  it('survives any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (octets) => {
        const { header, body } = splitMessage(octets)
        expect(header.length + body.length).toBeLessThanOrEqual(octets.length)
        headerFields(octets)
      }),
    )
  })

  it('reads a thousand fields and no more', () => {
    expect(headerFields(utf8('a: b\r\n'.repeat(5000)))).toHaveLength(1000)
  })
})
