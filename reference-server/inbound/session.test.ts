// Tests of port 25 over real sockets: who may hand over what, at which stage, in the recorded words.
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Reference, startReference } from '../index.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { openLines, openRelay, submit } from '../test-mail/line-client.ts'
import { keyRecord, rsaKey, signMessage } from '../test-mail/signed-message.ts'

const author = 'someone@ext.test'
let reference: Reference
beforeAll(async () => {
  reference = await startReference()
  reference.network.publish([keyRecord('ext.test')])
})
afterAll(() => reference.close())

function inbox(address: string, server = reference): string[] {
  const messages = server.accounts.find(address)?.store.inbox.messages ?? []
  return messages.map((message) => Buffer.from(message.bytes).toString('latin1'))
}

const signed = (from = author) => signMessage(encryptedMessage({ from }), { domain: 'ext.test' })

test('nothing but STARTTLS is taken in clear; inside TLS no logins are offered', async () => {
  await using client = await openLines(reference, 'smtp')
  const before = await client.ask('EHLO mx.ext.test')
  expect(before).toContain('STARTTLS')
  for (const line of [`MAIL FROM:<${author}>`, 'VRFY x', 'AUTH PLAIN AAAA', 'DATA']) {
    expect(await client.ask(line)).toBe('530 5.7.0 Must issue a STARTTLS command first')
  }
  expect(await client.ask('STARTTLS')).toMatch(/^220/)
  await client.secure()
  const after = await client.ask('EHLO mx.ext.test')
  expect(after).not.toMatch(/AUTH|STARTTLS/)
  for (const keyword of ['PIPELINING', 'SIZE 31457280', '8BITMIME', 'DSN', 'SMTPUTF8', 'CHUNKING']) {
    expect(after).toContain(keyword)
  }
  expect(await client.ask('AUTH PLAIN AAAA')).toBe('503 5.5.1 Error: authentication not enabled')
})

test('a signed message arrives, with its subject and without its signature', async () => {
  const bob = reference.accounts.create()
  await using client = await openRelay(reference)
  const mail = signMessage(encryptedMessage({ from: author, subject: 'kept', headers: ['Received: from x by y'] }), {
    domain: 'ext.test',
  })
  expect(await submit(client, author, [bob.address], mail)).toBe('250 OK')
  const [stored = ''] = inbox(bob.address)
  expect(stored).toMatch(/^Return-Path: <someone@ext\.test>\r\n/)
  expect(stored).toContain('Subject: kept\r\n')
  expect(stored).not.toMatch(/^(DKIM-Signature|Received):/m)
  expect(stored.slice(stored.indexOf('\r\n\r\n'))).toBe(mail.slice(mail.indexOf('\r\n\r\n')))
})

test('nodemailer, with its own signer, hands over mail', async () => {
  const bob = reference.accounts.create()
  const transport = createTransport({
    host: '127.0.0.1',
    port: reference.ports.smtp,
    secure: false,
    requireTLS: true,
    name: 'mx.ext.test',
    tls: { ca: [reference.ca], servername: reference.domain },
    dkim: {
      domainName: 'ext.test',
      keySelector: 'mail',
      privateKey: rsaKey.key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    },
  })
  const envelope = { from: author, to: [bob.address] }
  const sent = await transport.sendMail({ envelope, raw: encryptedMessage({ from: author }) })
  expect(sent.response).toBe('250 OK')
  expect(inbox(bob.address)).toHaveLength(1)
  const forged = transport.sendMail({ envelope, raw: encryptedMessage({ from: 'x@other.test' }) })
  await expect(forged).rejects.toMatchObject({ responseCode: 554 })
  transport.close()
})

describe('recipients', () => {
  test('of other domains are refused at RCPT', async () => {
    await using client = await openRelay(reference)
    await client.ask(`MAIL FROM:<${author}>`)
    expect(await client.ask('RCPT TO:<x@other.test>')).toBe('454 4.7.1 <x@other.test>: Relay access denied')
    expect(await client.ask('RCPT TO:<x@chat.test.other.test>')).toMatch(/^454/)
    expect(await client.ask('RCPT TO:<"x@chat.test"@other.test>')).toMatch(/^454/)
    expect(await client.ask('DATA')).toBe('554 5.5.1 Error: no valid recipients')
  })

  test('that nobody has are taken, and returned; nothing tells who exists', async () => {
    const bob = reference.accounts.create()
    await using client = await openRelay(reference)
    for (const address of [bob.address, 'nobody123@chat.test']) {
      expect(await client.ask(`VRFY ${address}`)).toBe(`252 2.0.0 ${address}`)
      expect(await client.ask(`EXPN ${address}`)).toBe('500 5.5.2 Error: command not recognized')
      expect(await client.ask(`ETRN ${address}`)).toBe('500 5.5.2 Error: command not recognized')
    }
    expect(await client.ask('VRFY x@gmail.test')).toBe('454 4.7.1 <x@gmail.test>: Relay access denied')
    expect(await submit(client, author, ['nobody123@chat.test', bob.address], signed())).toBe('250 OK')
    expect(inbox(bob.address)).toHaveLength(1)
    const bounce = reference.waiting.find(({ recipients }) => recipients.includes(author))
    expect(bounce?.sender).toBe('')
    expect(bounce?.bytes.toString('latin1')).toContain('550 5.1.1 <nobody123@chat.test>')
  })
})
