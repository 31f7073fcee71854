// Tests of port 25 over real sockets: who may hand over what, at which stage, in the recorded words.
import { once } from 'node:events'
import { connect } from 'node:net'
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
  reference.network.publish([keyRecord('ext.test'), { name: 'ext.test', type: 'A', address: '192.0.2.9' }])
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

test.each([0, 1, 2, 3, 4])('nodemailer, with its own signer, hands over mail (variant %i)', async (variant) => {
  await using server = await startReference({ variant })
  server.network.publish([keyRecord('ext.test')])
  const bob = server.accounts.create()
  const transport = createTransport({
    host: '127.0.0.1',
    port: server.ports.smtp,
    secure: false,
    requireTLS: true,
    name: 'mx.ext.test',
    tls: { ca: [server.ca], servername: server.domain },
    dkim: {
      domainName: 'ext.test',
      keySelector: 'mail',
      privateKey: rsaKey.key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    },
  })
  const send = (from: string, to = bob.address) =>
    transport.sendMail({ envelope: { from: author, to: [to] }, raw: encryptedMessage({ from }) })
  expect((await send(author)).response).toMatch(/^250/)
  expect(inbox(bob.address, server)).toHaveLength(1)
  await expect(send('x@other.test')).rejects.toMatchObject({ responseCode: expect.toSatisfy((code) => code >= 500) })
  await expect(send(author, 'x@other.test')).rejects.toMatchObject({ command: 'RCPT TO' })
  // What nodemailer writes and signs by itself is not encrypted, nor is a readable part in the right place.
  const envelope = { from: author, to: [bob.address] }
  const clear = transport.sendMail({ from: author, to: bob.address, text: 'clear', html: '<p>clear</p>' })
  await expect(clear).rejects.toMatchObject({ responseCode: 523 })
  const raw = encryptedMessage({ from: author }).replace(/-----BEGIN[\s\S]*END PGP MESSAGE-----/, 'readable')
  await expect(transport.sendMail({ envelope, raw })).rejects.toMatchObject({ responseCode: 523 })
  expect(inbox(bob.address, server)).toHaveLength(1)
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
    const bounce = reference.queue.save().find(({ recipients }) => recipients.includes(author))
    expect(bounce?.sender).toBe('')
    expect(bounce?.message.toString('latin1')).toContain('550 5.1.1 <nobody123@chat.test>')
  })
})

describe('limits', () => {
  test('one connection too many of a client is turned away, and goes when another has gone', async () => {
    await using server = await startReference({ overrides: { inbound: { connectionsPerClient: 2 } } })
    await using one = await openLines(server, 'smtp')
    await using two = await openLines(server, 'smtp')
    expect(await greetingOf(server)).toBe('421 4.7.0 chat.test Error: too many connections from 127.0.0.1\r\n')
    expect(await one.ask('QUIT')).toMatch(/^221/)
    await one.closed
    await expect.poll(() => greetingOf(server)).toMatch(/^220/)
    expect(await two.ask('NOOP')).toMatch(/^250/)
  })

  test('size, recipients and bad commands', async () => {
    await using server = await startReference({
      overrides: { limits: { messageBytes: 5_000, advertisedBytes: 5_000, recipients: 2 } },
    })
    server.network.publish([keyRecord('ext.test')])
    const bob = server.accounts.create()
    await using client = await openRelay(server)
    expect(await client.ask(`MAIL FROM:<${author}> SIZE=5001`)).toBe('552 5.3.4 Message size exceeds fixed limit')
    const large = encryptedMessage({ from: author, headers: [`X-Long: ${'x'.repeat(6_000)}`] })
    expect(await submit(client, author, [bob.address], large)).toBe('552 5.3.4 Error: message file too big')
    await client.ask(`MAIL FROM:<${author}>`)
    await client.ask(`RCPT TO:<${bob.address}>`)
    await client.ask(`RCPT TO:<${bob.address}>`)
    expect(await client.ask(`RCPT TO:<${bob.address}>`)).toBe('452 4.5.3 Error: too many recipients')
    await client.ask('RSET')
    for (let i = 0; i < 20; i++) expect(await client.ask('BOGUS')).toMatch(/^500/)
    expect(await client.ask('BOGUS')).toBe('421 4.7.0 chat.test Error: too many errors')
    await client.closed
  })
})

describe('messages', () => {
  test('dots, parameters, chunks and pipelines are as on submission', async () => {
    const bob = reference.accounts.create()
    await using client = await openRelay(reference)
    const dotted = signMessage(encryptedMessage({ from: author }).replace('--edge\r\n', '.dot\r\n..\r\n--edge\r\n'), {
      domain: 'ext.test',
    })
    expect(await submit(client, author, [bob.address], dotted)).toBe('250 OK')
    expect(inbox(bob.address)[0]).toContain('\r\n.dot\r\n..\r\n--edge')

    const mail = signed()
    client.write(
      `MAIL FROM:<${author}> BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=x SIZE=${mail.length}\r\n` +
        `RCPT TO:<${bob.address}> NOTIFY=NEVER ORCPT=rfc822;${bob.address}\r\n` +
        `BDAT 100\r\n${mail.slice(0, 100)}BDAT ${mail.length - 100} LAST\r\n${mail.slice(100)}QUIT\r\n`,
    )
    const replies: string[] = []
    for (let i = 0; i < 5; i++) replies.push((await client.reply()).slice(0, 3))
    expect(replies).toEqual(['250', '250', '250', '250', '221'])
    expect(inbox(bob.address)).toHaveLength(2)
  })

  test('a bare line feed around a dot ends nothing, and nothing of it is stored', async () => {
    const bob = reference.accounts.create()
    await using client = await openRelay(reference)
    for (const end of ['\n.\n', '\n.\r\n', '\r\n.\n', '\r.\r']) {
      await client.ask(`MAIL FROM:<${author}>`)
      await client.ask(`RCPT TO:<${bob.address}>`)
      await client.ask('DATA')
      client.write(`${signed()}smuggled${end}MAIL FROM:<a@chat.test>\r\n.\r\n`)
      expect(await client.reply()).toBe('500 Invalid DATA')
      expect(await client.ask('NOOP')).toBe('250 2.0.0 Ok')
    }
    expect(inbox(bob.address)).toEqual([])
  })

  test('eleven in a row are not too many', async () => {
    const bob = reference.accounts.create()
    await using client = await openRelay(reference)
    for (let i = 0; i < 20; i++) expect(await submit(client, author, [bob.address], signed())).toBe('250 OK')
    await using hurried = await startReference({ overrides: { inbound: { demands: ['submission-rate'] } } })
    hurried.network.publish([keyRecord('ext.test')])
    await using other = await openRelay(hurried)
    const replies: string[] = []
    for (let i = 0; i < 12; i++) replies.push(await submit(other, author, ['x@chat.test'], signed()))
    expect(replies.at(-1)).toMatch(/^450 4\.7\.1: Too much mail/)
  })
})

describe('TLS', () => {
  test('takes 1.2 after STARTTLS, where submission does not; nothing older', async () => {
    const upgrade = async (service: 'smtp' | 'submission', version: 'TLSv1.1' | 'TLSv1.2', server = reference) => {
      await using client = await openLines(server, service)
      await client.ask('EHLO mx.ext.test')
      await client.ask('STARTTLS')
      return await client.secure({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }).then(
        () => 'secured',
        () => 'refused',
      )
    }
    expect(await upgrade('smtp', 'TLSv1.2')).toBe('secured')
    expect(await upgrade('smtp', 'TLSv1.1')).toBe('refused')
    expect(await upgrade('submission', 'TLSv1.2')).toBe('refused')
    await using strict = await startReference({ overrides: { tls: { relayFrom: 'TLSv1.3' } } })
    expect(await upgrade('smtp', 'TLSv1.2', strict)).toBe('refused')
  })

  test('what is sent in one write with STARTTLS does not count', async () => {
    await using client = await openLines(reference, 'smtp')
    await client.ask('EHLO mx.ext.test')
    client.write(`STARTTLS\r\nMAIL FROM:<${author}>\r\n`)
    await client.reply()
    await client.secure()
    expect(await client.ask(`RCPT TO:<x@chat.test>`)).toMatch(/^503/)
  })
})

test('faults strike where they are ordered, and not on submission', async () => {
  await using server = await startReference({
    faults: [
      { at: 'mx:mail', kind: 'reply', times: 1, text: '451 4.3.0 Try again' },
      { at: 'mx:message', kind: 'reply', times: 1, text: '452 4.3.1 Full' },
      { at: 'mx:rcpt', kind: 'drop', times: 1 },
    ],
  })
  server.network.publish([keyRecord('ext.test')])
  const bob = server.accounts.create()
  await using client = await openRelay(server)
  expect(await client.ask(`MAIL FROM:<${author}>`)).toBe('451 4.3.0 Try again')
  await client.ask(`MAIL FROM:<${author}>`)
  client.write(`RCPT TO:<${bob.address}>\r\n`)
  await client.closed
  await using again = await openRelay(server)
  expect(await submit(again, author, [bob.address], signed())).toBe('452 4.3.1 Full')
  expect(await submit(again, author, [bob.address], signed())).toBe('250 OK')
  expect(inbox(bob.address, server)).toHaveLength(1)
})

async function greetingOf(server: Reference): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: server.ports.smtp })
  try {
    const [chunk] = await once(socket, 'data')
    return String(chunk)
  } finally {
    socket.destroy()
  }
}
