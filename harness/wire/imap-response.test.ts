import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateTime, parseDateTime, quoted } from './imap-command.ts'
import { imapMessage } from './imap-message.ts'
import { type ImapResponse, ImapResponseReader } from './imap-response.ts'
import type { ImapValue } from './imap-value.ts'
import { Malformed } from './malformed.ts'
import { concat, latin1, octets } from './octets.ts'

function read(chunks: readonly Uint8Array[], limits?: { line: number; literal: number; response: number }) {
  const reader = new ImapResponseReader({ limits })
  const responses: ImapResponse[] = []
  for (const chunk of chunks) {
    reader.push(chunk)
    for (let next = reader.next(); next !== undefined; next = reader.next()) responses.push(next)
  }
  return responses
}

/** Cuts octets at the places given, in any order, beyond the end or not. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  const edges = [0, ...sorted, bytes.length]
  return edges.slice(1).map((end, i) => bytes.subarray(edges[i], end))
}

const cuts = fc.array(fc.nat(10_000), { maxLength: 30 })
const atom = fc.stringMatching(/^[A-Za-z0-9$.\\-]{1,12}$/).filter((text) => text.toUpperCase() !== 'NIL')
const text = fc.stringMatching(/^[\x01-\x09\x0b\x0c\x0e-\xff]{0,20}$/)

interface Written {
  readonly wire: Uint8Array
  readonly value: ImapValue
}

const leaf: fc.Arbitrary<Written> = fc.oneof(
  atom.map((value) => ({ wire: octets(value), value })),
  text.map((value) => ({ wire: octets(quoted(value)), value })),
  fc.constant({ wire: octets('NIL'), value: null }),
  fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.boolean()).map(([value, binary]) => ({
    wire: concat([octets(`${binary ? '~' : ''}{${value.length}}\r\n`), value]),
    value,
  })),
)

const value = fc.letrec<{ tree: Written }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('tree'), { maxLength: 5 }).map((children) => ({
      wire: concat([octets('('), ...join(children.map(({ wire }) => wire)), octets(')')]),
      value: children.map((child) => child.value),
    })),
  ),
})).tree

function join(wires: readonly Uint8Array[]): Uint8Array[] {
  return wires.flatMap((wire, i) => (i === 0 ? [wire] : [octets(' '), wire]))
}

describe('the IMAP response reader', () => {
  test('gives back any data that was written, in any chunking', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), cuts, (values, places) => {
        const wire = concat([octets('* ENABLED '), ...join(values.map((each) => each.wire)), octets('\r\n')])
        const responses = read(cut(wire, places))
        expect(responses).toHaveLength(1)
        expect(responses[0]?.values).toEqual(values.map((each) => each.value))
      }),
    )
  })

  test('reads a session the same whether it comes whole or octet by octet', () => {
    const session = octets(
      '* OK [CAPABILITY IMAP4rev1 IDLE] ready {5}\r\n* 23 EXISTS\r\n+ idling\r\n+\r\n* SEARCH\r\n' +
        '* 1 FETCH (UID 1 BODY[HEADER.FIELDS (FROM "A]B")] {3}\r\na\r\n BODY[]<0> "x")\r\n' +
        '* METADATA "" (/shared/admin {0}\r\n)\r\na1 NO [BADCHARSET ("a]" b)] Was?\r\n* BYE\r\nb2 OK\r\n',
    )
    const whole = read([session])
    expect(read([...session].map((octet) => Uint8Array.of(octet)))).toEqual(whole)
    expect(whole.map(({ tag, type, number, code, text }) => [tag, type, number, code, text])).toEqual([
      ['*', 'OK', undefined, 'CAPABILITY', 'ready {5}'],
      ['*', 'EXISTS', 23, undefined, ''],
      ['+', '', undefined, undefined, 'idling'],
      ['+', '', undefined, undefined, ''],
      ['*', 'SEARCH', undefined, undefined, ''],
      ['*', 'FETCH', 1, undefined, '(UID 1 BODY[HEADER.FIELDS (FROM "A]B")] {3}'],
      ['*', 'METADATA', undefined, undefined, '"" (/shared/admin {0}'],
      ['a1', 'NO', undefined, 'BADCHARSET', 'Was?'],
      ['*', 'BYE', undefined, undefined, ''],
      ['b2', 'OK', undefined, undefined, ''],
    ])
    expect(whole[7]?.codeArguments).toBe('("a]" b)')
    expect(whole[5]?.line).toBe('* 1 FETCH (UID 1 BODY[HEADER.FIELDS (FROM "A]B")] {3} BODY[]<0> "x")')
    const message = imapMessage(whole[5] as ImapResponse)
    expect([...message.sections.keys()]).toEqual(['HEADER.FIELDS (FROM A]B)', '<0>'])
  })

  test('never throws anything but Malformed, whatever octets come', () => {
    const pieces = fc.constantFrom(
      '* ',
      'a1 ',
      '(',
      ')',
      '"',
      '\\',
      '{3}',
      '{',
      '}',
      '[',
      ']',
      '\r\n',
      'FETCH',
      '1 ',
      'OK ',
      'NIL ',
      'UID ',
    )
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => octets(`* 1 FETCH ${parts.join('')}\r\n`)),
    )
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 5 }), (chunks) => {
        try {
          for (const response of read(chunks)) if (response.type === 'FETCH') imapMessage(response)
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('holds no more than its limits', () => {
    const limits = { line: 100, literal: 50, response: 110 }
    const reading = (wire: string, size = 7) => {
      const bytes = octets(wire)
      return () =>
        read(
          cut(
            bytes,
            Array.from({ length: bytes.length / size }, (_, i) => i * size),
          ),
          limits,
        )
    }
    expect(reading(`* X ${'x'.repeat(97)}\r\n`)).toThrow(Malformed)
    expect(reading('* X {51}\r\n')).toThrow(Malformed)
    expect(reading(`* X ({50}\r\n${'x'.repeat(50)} {50}\r\n`)).toThrow(Malformed)
    expect(reading('* X {99999999999999999999999}\r\n')).toThrow(Malformed)
    expect(reading(`* ID ${'('.repeat(90)}\r\n`)).toThrow(/nested|end/)
  })

  test('says what is left when the stream changes', () => {
    const reader = new ImapResponseReader()
    reader.push(octets('a1 OK go\r\nzip'))
    expect(reader.next()?.tag).toBe('a1')
    expect(latin1(reader.rest(), 0, 3)).toBe('zip')
  })
})

test('a date-time is read back as it was written', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const seconds = new Date(Math.floor(date.getTime() / 1000) * 1000)
      expect(parseDateTime(dateTime(seconds).slice(1, -1))).toEqual(seconds)
    }),
  )
  expect(parseDateTime('21-nov-2026 01:45:42 -0130')).toEqual(new Date('2026-11-21T03:15:42Z'))
  expect(parseDateTime('yesterday')).toBeUndefined()
})
