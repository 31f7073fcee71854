import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseHostName } from './host-name.ts'
import { parsePin, trustFor } from './trust.ts'

const domain = parseHostName('chat.example')

test('without flags the kind of name decides', () => {
  expect(trustFor(domain)).toEqual({ mode: 'system' })
  expect(trustFor(parseHostName('_chat.test'))).toEqual({ mode: 'name-only' })
  expect(trustFor(parseHostName('[192.0.2.1]'))).toEqual({ mode: 'presented' })
})

test('a pin is taken in every usual spelling', () => {
  const digest = createHash('sha256').update(randomBytes(8)).digest()
  const hex = digest.toString('hex')
  const colons = hex.toUpperCase().replace(/..(?!$)/g, '$&:')
  for (const text of [hex, colons, `SHA256:${hex}`, `sha256 Fingerprint=${colons}`, digest.toString('base64')]) {
    expect(parsePin(text)).toBe(hex)
  }
  expect(trustFor(domain, { pin: colons })).toEqual({ mode: 'pin', pin: hex })
})

test('a pin that is none is refused, the hash of a key too', () => {
  expect(() => parsePin('abc')).toThrow(expect.objectContaining({ code: 'bad-option' }))
  expect(() => parsePin(`sha256//${'A'.repeat(43)}=`)).toThrow(/hash of a key/)
})

test('contradicting flags are refused', () => {
  expect(() => trustFor(domain, { pin: 'x', trustPresented: true })).toThrow('--pin and --trust-presented contradict')
})

test('a CA file without a certificate is refused', () => {
  expect(() => trustFor(domain, { ca: ['hello'] })).toThrow(/no certificate/)
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
  expect(() => trustFor(domain, { ca: [broken] })).toThrow(/cannot be read/)
})
