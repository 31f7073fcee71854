import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseHostName } from './host-name.ts'
import { TargetError } from './target-error.ts'

test.each([
  ['chat.example', 'domain', 'chat.example', 'chat.example'],
  ['Chat.Example.', 'domain', 'chat.example', 'chat.example'],
  ['  chat.example ', 'domain', 'chat.example', 'chat.example'],
  ['bücher.example', 'domain', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['localhost', 'domain', 'localhost', 'localhost'],
  ['_Chat.test', 'self-signed', '_chat.test', '_chat.test'],
  ['[192.0.2.1]', 'address', '[192.0.2.1]', '192.0.2.1'],
  ['192.0.2.1', 'address', '[192.0.2.1]', '192.0.2.1'],
  ['[IPv6:2001:DB8:0::1]', 'address', '[IPv6:2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]', 'address', '[IPv6:2001:db8::1]', '2001:db8::1'],
  ['::1', 'address', '[IPv6:::1]', '::1'],
])('reads %s', (text, kind, domain, name) => {
  expect(parseHostName(text)).toMatchObject({ kind, domain, name })
})

test.each([
  ['', undefined],
  ['https://chat.example/', 'did you mean chat.example?'],
  ['https://user@chat.example:443/new', 'did you mean chat.example?'],
  ['DCACCOUNT:https://chat.example/new', 'did you mean chat.example?'],
  ['alice@chat.example', 'did you mean chat.example?'],
  ['mailto:alice@chat.example?subject=x', 'did you mean chat.example?'],
  ['alice@[192.0.2.1]', 'did you mean [192.0.2.1]?'],
  ['chat.example/new', 'did you mean chat.example?'],
  ['chat.example:993', 'name chat.example and add --connect imaps=ADDR:993 for another port'],
  ['[IPv6:192.0.2.1]', 'did you mean [192.0.2.1]?'],
  ['[192.0.2.300]', undefined],
  ['192.0.2', undefined],
  ['fe80::1%eth0', undefined],
  ['chat..example', undefined],
  ['-chat.example', undefined],
  ['chat example', undefined],
  [`${'a'.repeat(64)}.example`, undefined],
  [`${'a.'.repeat(130)}example`, undefined],
])('refuses %s with a clear line', (text, hint) => {
  try {
    parseHostName(text)
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(TargetError)
    expect(error).toMatchObject({ code: 'bad-name', isUsage: true, ...(hint === undefined ? {} : { hint }) })
  }
})

test('any text is a host name or a TargetError, and a name read twice stays the same', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.domain(), fc.ipV4(), fc.ipV6()), (text) => {
      try {
        const host = parseHostName(text)
        expect(parseHostName(host.domain)).toMatchObject({ domain: host.domain, name: host.name, kind: host.kind })
      } catch (error) {
        expect(error).toBeInstanceOf(TargetError)
      }
    }),
  )
})
