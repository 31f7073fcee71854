import { expect, test } from 'vitest'
import { parseAutoconfig } from './autoconfig.ts'

const server = (kind: string, type: string, host: string, port: string, socket: string) =>
  `<${kind}Server type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType>` +
  `<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></${kind}Server>`

const config = (...servers: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><clientConfig version="1.1"><emailProvider id="chat.example">` +
  `<domain>chat.example</domain>${servers.join('\n')}</emailProvider></clientConfig>`

test('lists the servers of a relay in order', () => {
  const xml = config(
    server('incoming', 'imap', 'chat.example', '993', 'SSL'),
    server('incoming', 'imap', '%EMAILDOMAIN%', '143', 'STARTTLS'),
    server('outgoing', 'smtp', 'Chat.Example', '465', 'SSL'),
    server('outgoing', 'smtp', '[192.0.2.1]', '587', 'STARTTLS'),
  )
  const servers = parseAutoconfig(xml, 'chat.example')
  expect(servers.map(({ service, security, hostname, port }) => [service, security, hostname, port])).toEqual([
    ['imaps', 'tls', 'chat.example', 993],
    ['imap', 'starttls', 'chat.example', 143],
    ['submissions', 'tls', 'chat.example', 465],
    ['submission', 'starttls', '192.0.2.1', 587],
  ])
  expect(servers[0]).toMatchObject({ username: '%EMAILADDRESS%', authentication: ['password-cleartext'] })
})

test('leaves out what makes no sense', () => {
  const xml = config(
    server('incoming', 'pop3', 'chat.example', '995', 'SSL'),
    server('incoming', 'imap', 'chat.example', '0', 'SSL'),
    server('incoming', 'imap', 'chat.example', '99999', 'SSL'),
    server('incoming', 'imap', 'chat.example/x', '993', 'SSL'),
    server('incoming', 'imap', '', '993', 'SSL'),
    server('incoming', 'smtp', 'chat.example', '465', 'SSL'),
    server('outgoing', 'smtp', 'chat.example', '465', 'magic'),
  )
  expect(parseAutoconfig(xml, 'chat.example')).toEqual([])
})

test('keeps no more than a few dozen servers', () => {
  const many = Array.from({ length: 100 }, () => server('incoming', 'imap', 'chat.example', '993', 'SSL'))
  expect(parseAutoconfig(config(...many), 'chat.example')).toHaveLength(32)
})

test('a web page is no configuration', () => {
  expect(() => parseAutoconfig('<!doctype html><html><body><p>Welcome<br></body></html>', 'chat.example')).toThrow()
  expect(parseAutoconfig('<html></html>', 'chat.example')).toEqual([])
})
