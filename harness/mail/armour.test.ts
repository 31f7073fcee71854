import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { armour, base64Lines, crc24 } from './armour.ts'
import { latin1, utf8 } from './octets.ts'
import { dearmoured, octetStream } from './test-readers.ts'

const octets = fc.uint8Array({ maxLength: 3000 })

describe('armour', () => {
  it('gives back what went in', () => {
    fc.assert(
      fc.property(octets, fc.constantFrom(60, 64, 76), (data, columns) => {
        expect(dearmoured(armour(data, { columns }))).toEqual(Uint8Array.from(data))
      }),
    )
  })

  it('has CRLF lines of the wanted length, no headers and a checksum line', () => {
    fc.assert(
      fc.property(octets, fc.constantFrom(64, 76), (data, columns) => {
        const lines = latin1(armour(data, { columns })).split('\r\n')
        expect(lines.slice(0, 2)).toEqual(['-----BEGIN PGP MESSAGE-----', ''])
        expect(lines.at(-1)).toBe('-----END PGP MESSAGE-----')
        expect(lines.at(-2)).toMatch(/^=[A-Za-z0-9+/]{4}$/)
        expect(lines.every((line) => !line.includes('\n') && !line.includes('\r'))).toBe(true)
        const data64 = lines.slice(2, -2)
        expect(data64.slice(0, -1).every((line) => line.length === columns)).toBe(true)
      }),
    )
  })

  it('has the checksum that OpenPGP readers compute', async () => {
    expect(crc24(utf8('123456789'))).toBe(0x21cf02) // the check value of CRC-24/OPENPGP
    const { armor, enums } = await import('openpgp')
    fc.assert(
      fc.property(octets, (data) => {
        const theirs = armor(enums.armor.message, data, undefined, undefined, undefined, true)
        const ours = latin1(armour(data)).split('\r\n').at(-2)
        expect(theirs).toContain(`\n${ours}\n`)
      }),
    )
  })

  it('can leave the checksum out, get it wrong and carry headers', () => {
    const data = utf8('abc')
    expect(latin1(armour(data, { checksum: 'none' }))).toBe(
      '-----BEGIN PGP MESSAGE-----\r\n\r\nYWJj\r\n-----END PGP MESSAGE-----',
    )
    expect(latin1(armour(data, { checksum: 'wrong' }))).not.toBe(latin1(armour(data)))
    expect(latin1(armour(data, { headers: ['Comment: x'], label: 'PGP SIGNATURE' }))).toMatch(
      /^-----BEGIN PGP SIGNATURE-----\r\nComment: x\r\n\r\nYWJj\r\n/,
    )
  })

  it('writes megabytes in well under a second', () => {
    const data = octetStream(8 * 1024 * 1024)
    const start = performance.now()
    expect(armour(data).length).toBeGreaterThan(11 * 1024 * 1024)
    expect(performance.now() - start).toBeLessThan(1500)
  })
})

it('base64 of nothing has no lines', () => {
  expect(base64Lines(new Uint8Array(), 64)).toHaveLength(0)
})
