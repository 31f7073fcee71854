// Nobody can bring the reference server down: noise on every port, half messages, floods, clients that vanish.
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { expect, test } from 'vitest'
import { type Reference, startReference } from './index.ts'
import { encryptedMessage } from './test-mail/encrypted-message.ts'
import { openSession, submit } from './test-mail/line-client.ts'

async function stillWorks(reference: Reference): Promise<void> {
  const account = reference.accounts.create()
  await using client = await openSession(reference, account)
  const message = encryptedMessage({ from: account.address })
  expect(await submit(client, account.address, [account.address], message)).toBe('250 OK')
}

/** Resolves when the peer has taken the bytes, or the connection is gone. */
function pour(
  reference: Reference,
  service: keyof Reference['ports'],
  tls: boolean,
  bytes: readonly (string | Buffer)[],
) {
  return new Promise<void>((resolve) => {
    const port = reference.ports[service]
    const socket = tls
      ? connectTls({ port, ca: reference.ca, servername: reference.domain })
      : connect({ port, host: '127.0.0.1' })
    socket.on('error', () => {})
    socket.on('close', () => resolve())
    socket.resume()
    for (const part of bytes) socket.write(part)
    socket.end()
    setTimeout(() => socket.destroy(), 300).unref()
  })
}

test('noise on every port, in clear and inside TLS, disturbs nobody', async () => {
  await using reference = await startReference()
  const noise = [randomBytes(20_000), 'GET / HTTP/1.1\r\n\r\n', randomBytes(2_000), '\r\n'.repeat(500)]
  for (const service of ['imaps', 'imap', 'submissions', 'submission', 'smtp', 'https', 'http'] as const) {
    await pour(reference, service, false, noise)
    if (service !== 'http') await pour(reference, service, true, noise)
  }
  await stillWorks(reference)
})

test('clients that vanish in the middle of things leave nothing behind', async () => {
  await using reference = await startReference()
  const account = reference.accounts.create()
  const auth = Buffer.from(`\0${account.address}\0${account.password}`).toString('base64')
  const hello = `EHLO x.example\r\nAUTH PLAIN ${auth}\r\n`
  const envelope = `MAIL FROM:<${account.address}>\r\nRCPT TO:<${account.address}>\r\n`
  const halves = [
    'EH',
    hello,
    `${hello}AUTH PLAIN`,
    `${hello}${envelope}DATA\r\nFrom: x`,
    `${hello}${envelope}BDAT 500 LAST\r\nx`,
  ]
  for (const half of halves) await pour(reference, 'submissions', true, [half])
  expect(reference.accounts.find(account.address)?.store.inbox.messages).toHaveLength(0)
  await stillWorks(reference)
})

test('a message without end is cut off', async () => {
  await using reference = await startReference({ overrides: { limits: { messageBytes: 10_000 } } })
  const account = reference.accounts.create()
  await using client = await openSession(reference, account)
  await client.ask(`MAIL FROM:<${account.address}>`)
  await client.ask(`RCPT TO:<${account.address}>`)
  await client.ask('DATA')
  for (let i = 0; i < 40; i++) client.write(`${'x'.repeat(70)}\r\n`.repeat(1_000))
  expect(await client.reply()).toMatch(/^421/)
  await client.closed
  await stillWorks(reference)
})

test.each([
  ['an empty boundary', 'From: a\r\nContent-Type: multipart/encrypted; boundary=""\r\n\r\n----\r\n'],
  ['empty parts', 'Content-Type: multipart/encrypted; boundary=x\r\n\r\n--x\r\n--x\r\n--x--\r\n'],
  ['an empty line', '\r\n'],
  ['nothing', ''],
  ['headers without names', ':\r\n : \r\n\t\r\n'],
  ['deep comments', `From: ${'('.repeat(3_000)}\r\n\r\n`],
  ['many brackets', `From: ${'<'.repeat(3_000)}\r\n\r\n`],
  ['thousands of headers', `${'X: y\r\n'.repeat(5_000)}\r\n`],
  ['endless parameters', `Content-Type: ${';x="'.repeat(3_000)}\r\n\r\n`],
])('a message of nonsense gets its refusal: %s', async (_name, message) => {
  await using reference = await startReference()
  const account = reference.accounts.create()
  await using client = await openSession(reference, account)
  expect(await submit(client, account.address, [account.address], message)).toMatch(/^5\d\d /)
  expect(await client.ask('NOOP')).toMatch(/^250/)
})
