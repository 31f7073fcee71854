import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Malformed } from './malformed.ts'
import { concat } from './octets.ts'
import { clientHello, helloAnswer } from './tls-hello.ts'

const random = new Uint8Array(32).fill(7)

/** A ServerHello of TLS 1.1 with the suite 0xc013, as RFC 5246 7.4.1.3 writes it. */
const serverHello = Uint8Array.from([2, 0, 0, 38, 3, 2, ...random, 0, 0xc0, 0x13, 0])
const certificate = Uint8Array.from([11, 0, 0, 3, 0, 0, 0])
const done = Uint8Array.from([14, 0, 0, 0])
const record = (type: number, payload: Uint8Array) =>
  concat([Uint8Array.from([type, 3, 2, payload.length >>> 8, payload.length & 0xff]), payload])

describe('a ClientHello', () => {
  it('says version, suites and server name in their places', () => {
    const hello = clientHello({ version: 'TLS 1.1', suites: [0xc013, 0x002f], serverName: 'chat.test' }, random)
    expect([...hello.subarray(0, 3)]).toEqual([22, 3, 1])
    expect((hello[3] ?? 0) * 256 + (hello[4] ?? 0)).toBe(hello.length - 5)
    expect([...hello.subarray(9, 11)]).toEqual([3, 2])
    expect([...hello.subarray(44, 52)]).toEqual([0, 6, 0xc0, 0x13, 0x00, 0x2f, 0x00, 0xff])
    expect(new TextDecoder('latin1').decode(hello)).toContain('chat.test')
    expect(clientHello({ version: 'TLS 1.1', suites: [0xc013, 0x002f] }, random).length).toBe(hello.length - 18)
  })
})

describe('the answer to it', () => {
  it('is an agreement once the server has said all it has to, in any cut', () => {
    const flight = concat([serverHello, certificate, done])
    for (let cut = 1; cut < flight.length; cut++) {
      const received = concat([record(22, flight.subarray(0, cut)), record(22, flight.subarray(cut))])
      expect(helloAnswer(received)).toEqual({ kind: 'agrees', version: 'TLS 1.1', suite: 0xc013 })
      expect(helloAnswer(received.subarray(0, received.length - 1))).toBeUndefined()
    }
  })

  it('is a refusal when a fatal alert comes, also behind a ServerHello', () => {
    const alert = record(21, Uint8Array.of(2, 70))
    expect(helloAnswer(alert)).toEqual({ kind: 'refuses', alert: 70 })
    expect(helloAnswer(concat([record(22, serverHello), alert]))).toEqual({ kind: 'refuses', alert: 70 })
  })

  it('goes on after a warning', () => {
    const warned = concat([record(21, Uint8Array.of(1, 112)), record(22, concat([serverHello, done]))])
    expect(helloAnswer(warned)).toMatchObject({ kind: 'agrees' })
  })

  it('is none in another protocol', () => {
    expect(() => helloAnswer(new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n'))).toThrow(Malformed)
    expect(() => helloAnswer(record(22, concat([Uint8Array.of(2, 0, 0, 2, 3, 2), done])))).toThrow(Malformed)
  })

  it('is read from any octets without anything but an answer, a wish for more, or Malformed', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.uint8Array({ maxLength: 200 }).map((payload) => record(22, payload)),
      fc.uint8Array({ maxLength: 60 }).map((rest) => record(22, concat([serverHello.subarray(0, 20), rest]))),
    )
    fc.assert(
      fc.property(anything, (octets) => {
        try {
          expect([undefined, 'agrees', 'refuses']).toContain(helloAnswer(octets)?.kind)
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed)
        }
      }),
    )
  })
})
