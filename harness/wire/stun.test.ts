// Tests of the STUN codec against the published vector (RFC 5769 2.2) and by properties.
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readAddress,
  readChannelData,
  readError,
  readStun,
  stunAttributes,
  stunMethods,
  writeAddress,
  writeChannelData,
  writeStun,
} from './stun.ts'

const vector = Buffer.from(
  `0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220
   002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96`.replace(/\s/g, ''),
  'hex',
)

describe('STUN', () => {
  test('reads the published answer', () => {
    const message = readStun(vector)
    expect(message).toMatchObject({ method: 'binding', class: 'success' })
    const mapped = message?.attributes.get(stunAttributes.mapped) ?? new Uint8Array()
    expect(readAddress(mapped, message?.transaction ?? new Uint8Array())).toEqual({
      address: '192.0.2.1',
      port: 32_853,
    })
    // The vector is what it claims to be: its integrity holds, over the length without the fingerprint.
    const signed = Buffer.from(vector.subarray(0, vector.indexOf('00080014', 'hex')))
    signed.writeUInt16BE(vector.readUInt16BE(2) - 8, 2)
    const mac = createHmac('sha1', 'VOkJxbRl1RmTxUk/WvJxBt').update(signed).digest()
    expect(Buffer.from(message?.attributes.get(stunAttributes.integrity) ?? [])).toEqual(mac)
  })

  test('reads an IPv6 address', () => {
    const transaction = Uint8Array.from({ length: 12 }, (_, at) => at)
    const value = Uint8Array.from([0, 2, 0x21, 0x12, 0x21 ^ 0x20, 0x12 ^ 1, 0xa4 ^ 0x0d, 0x42 ^ 0xb8, ...transaction])
    expect(readAddress(value, transaction)).toEqual({ address: '2001:db8:0:0:0:0:0:0', port: 0 })
  })

  test('reads what it writes', () => {
    const octets = (size: number) => fc.uint8Array({ minLength: size, maxLength: size })
    const method = fc.constantFrom(...(Object.keys(stunMethods) as (keyof typeof stunMethods)[]))
    const kind = fc.constantFrom('request', 'indication', 'success', 'error')
    const attributes = fc.array(fc.tuple(fc.integer({ min: 0, max: 0xffff }), fc.uint8Array({ maxLength: 50 })))
    fc.assert(
      fc.property(method, kind, octets(12), attributes, (name, type, transaction, list) => {
        const message = { method: name, class: type, transaction, attributes: new Map(list) } as const
        expect(readStun(writeStun(message))).toEqual(message)
      }),
    )
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 65_535 }), (address, port) => {
        expect(readAddress(writeAddress({ address, port }), new Uint8Array(12))).toEqual({ address, port })
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0x4000, max: 0x7fff }), fc.uint8Array(), (channel, data) => {
        expect(readChannelData(writeChannelData(channel, data))).toEqual({ channel, data })
      }),
    )
  })

  test('takes any octets without complaint', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        readStun(Uint8Array.from([...vector.subarray(0, 8), ...noise]))
        readStun(noise)
        readChannelData(noise)
        readAddress(noise, noise)
        readError(noise)
      }),
    )
    expect(readStun(vector.subarray(0, 30))).toBeUndefined()
    expect(() => writeAddress({ address: '::1', port: 1 })).toThrow(RangeError)
  })
})
