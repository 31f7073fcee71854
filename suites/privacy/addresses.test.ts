import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressesIn, isLocalAddress } from './addresses.ts'

test('finds the addresses of a Received line', () => {
  const line = `from [198.51.100.9] (unknown [203.0.113.7]) by chat.test (Postfix 3.7.11) with ESMTPSA id 4cVb2N1yZ;
    Sat, 21 Nov 2026 04:10:57 +0000; IPv6:2001:db8::1, ::1, [IPv6:2001:DB8:0:0:0:0:0:2], ::ffff:192.0.2.5.`
  expect(addressesIn(line)).toEqual([
    '198.51.100.9',
    '203.0.113.7',
    '2001:db8::1',
    '::1',
    '2001:db8:0:0:0:0:0:2',
    '::ffff:192.0.2.5',
  ])
})

test('finds an address with a port, or in front of a colon', () => {
  expect(addressesIn('203.0.113.7:51234 [2001:db8::1]:51234 from 198.51.100.9: hello, fe80::')).toEqual([
    '203.0.113.7',
    '2001:db8::1',
    '198.51.100.9',
    'fe80::',
  ])
  expect(addressesIn('1.2.3.4.5:25 1.2.3:25 12:34:56:')).toEqual([])
})

test('takes no time, version or date for an address', () => {
  expect(addressesIn('04:10:57 1.12.0 2026.11.21 a:b:c 300.1.1.1 1.2.3.4.5 dead:beef :: ...')).toEqual([])
})

test('finds any IPv4 address between brackets', () => {
  const octet = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(fc.tuple(octet, octet, octet, octet), (octets) => {
      expect(addressesIn(`from x ([${octets.join('.')}])`)).toEqual([octets.join('.')])
    }),
  )
})

test('knows addresses that say nothing about a place', () => {
  expect(
    ['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '::1', 'fd00::1', 'fe80::1'].every(isLocalAddress),
  ).toBe(true)
  expect(['172.32.0.1', '203.0.113.7', '2001:db8::1', '1.127.0.1'].some(isLocalAddress)).toBe(false)
})
