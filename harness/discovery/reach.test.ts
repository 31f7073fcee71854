import { expect, test } from 'vitest'
import { parseConnects, parseDnsServer, parseResolves } from './reach.ts'

test('--connect takes addresses of both families and names', () => {
  const places = parseConnects(['imaps=127.0.0.1:10993', 'HTTPS=[::1]:8443', 'smtp=mx.chat.example:25'])
  expect([...places]).toEqual([
    ['imaps', { host: '127.0.0.1', port: 10_993 }],
    ['https', { host: '::1', port: 8_443 }],
    ['smtp', { host: 'mx.chat.example', port: 25 }],
  ])
})

test.each([
  ['imasp=127.0.0.1:993', 'did you mean imaps?'],
  ['gopher=127.0.0.1:70', 'services are imaps, imap, submissions, submission, https, http, smtp'],
  ['imaps=127.0.0.1', 'write imaps=192.0.2.1:PORT or imaps=[2001:db8::1]:PORT'],
  ['imaps=127.0.0.1:99999', 'write imaps=192.0.2.1:PORT or imaps=[2001:db8::1]:PORT'],
  ['imaps=:993', 'write imaps=192.0.2.1:PORT or imaps=[2001:db8::1]:PORT'],
  ['imaps=::1', 'write imaps=192.0.2.1:PORT or imaps=[2001:db8::1]:PORT'],
  ['imaps', 'services are imaps, imap, submissions, submission, https, http, smtp'],
])('--connect %s is refused with a hint', (flag, hint) => {
  expect(() => parseConnects([flag])).toThrow(expect.objectContaining({ code: 'bad-option', hint }))
})

test('--resolve collects the addresses of a name', () => {
  const overrides = parseResolves(['Chat.Example.=127.0.0.1', 'chat.example=[::1]', '_a.test=192.0.2.1'])
  expect(overrides.get('chat.example')).toEqual(['127.0.0.1', '::1'])
  expect(overrides.get('_a.test')).toEqual(['192.0.2.1'])
})

test.each(['chat.example', 'chat.example=other.example', '=127.0.0.1', 'a b=127.0.0.1'])(
  '--resolve %s is refused',
  (flag) => {
    expect(() => parseResolves([flag])).toThrow(/is not HOST=IP/)
  },
)

test('--dns takes an address with or without a port', () => {
  expect(parseDnsServer('9.9.9.9')).toBe('9.9.9.9:53')
  expect(parseDnsServer('127.0.0.1:5353')).toBe('127.0.0.1:5353')
  expect(parseDnsServer('::1')).toBe('[::1]:53')
  expect(parseDnsServer('[2001:db8::1]:5353')).toBe('[2001:db8::1]:5353')
  expect(() => parseDnsServer('dns.example')).toThrow(/not the address of a name server/)
})
