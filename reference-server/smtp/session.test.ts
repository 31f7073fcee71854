// Tests of submission over real sockets: the recorded relay's replies at the recorded stages.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Reference, startReference } from '../index.ts'
import { encryptedMessage, plainMessage } from '../test-mail/encrypted-message.ts'
import { openLines, openSession, plain, submit } from '../test-mail/line-client.ts'

let reference: Reference
beforeAll(async () => {
  reference = await startReference()
})
afterAll(() => reference.close())

function inbox(address: string): string[] {
  const messages = reference.accounts.find(address)?.store.inbox.messages ?? []
  return messages.map((message) => Buffer.from(message.bytes).toString('latin1'))
}

test('EHLO inside TLS announces what the recorded relay announces', async () => {
  await using client = await openLines(reference, 'submissions')
  expect(await client.ask('EHLO [127.0.0.1]')).toBe(
    [
      '250-chat.test',
      '250-PIPELINING',
      '250-SIZE 31457280',
      '250-VRFY',
      '250-ETRN',
      '250-AUTH PLAIN',
      '250-ENHANCEDSTATUSCODES',
      '250-8BITMIME',
      '250-DSN',
      '250-SMTPUTF8',
      '250 CHUNKING',
    ].join('\n'),
  )
})

test('port 587 does nothing before STARTTLS and everything after', async () => {
  await using client = await openLines(reference, 'submission')
  const account = reference.accounts.create()
  const ehlo = await client.ask('EHLO client.example.org')
  expect(ehlo).toContain('STARTTLS')
  expect(ehlo).not.toContain('AUTH')
  expect(await client.ask('AUTH PLAIN AAAA')).toBe('530 5.7.0 Must issue a STARTTLS command first')
  expect(await client.ask(`MAIL FROM:<${account.address}>`)).toBe('530 5.7.0 Must issue a STARTTLS command first')
  expect(await client.ask('STARTTLS')).toBe('220 2.0.0 Ready to start TLS')
  await client.secure()
  expect(await client.ask('EHLO client.example.org')).not.toContain('STARTTLS')
  expect(await client.ask(`AUTH PLAIN ${plain(account.address, account.password)}`)).toBe(
    '235 2.7.0 Authentication successful',
  )
})

test('what is sent in one write with STARTTLS does not count inside TLS', async () => {
  await using client = await openLines(reference, 'submission')
  await client.ask('EHLO client.example.org')
  client.write('STARTTLS\r\nNOOP\r\n')
  expect(await client.reply()).toMatch(/^220/)
  await client.secure()
  expect(await client.ask('EHLO client.example.org')).toMatch(/^250-chat.test/)
})

describe('AUTH', () => {
  test('creates an account, also by continuation, and knows it again', async () => {
    await using client = await openLines(reference, 'submissions')
    await client.ask('EHLO [127.0.0.1]')
    expect(await client.ask('AUTH PLAIN')).toBe('334')
    expect(await client.ask(plain('auth12345@chat.test', 'right password'))).toMatch(/^235/)
    expect(await client.ask(`AUTH PLAIN ${plain('auth12345@chat.test', 'right password')}`)).toMatch(/^503/)
    await using other = await openLines(reference, 'submissions')
    await other.ask('EHLO [127.0.0.1]')
    expect(await other.ask(`AUTH PLAIN ${plain('auth12345@chat.test', 'wrong password')}`)).toBe(
      '535 5.7.8 Error: authentication failed: (reason unavailable)',
    )
    expect(await other.ask(`AUTH PLAIN ${plain('auth12345@chat.test', 'right password')}`)).toMatch(/^235/)
  })

  test('refuses other mechanisms, bad base64 and an abort', async () => {
    await using client = await openLines(reference, 'submissions')
    await client.ask('EHLO [127.0.0.1]')
    expect(await client.ask('AUTH CRAM-MD5')).toBe(
      '535 5.7.8 Error: authentication failed: Invalid authentication mechanism',
    )
    expect(await client.ask('AUTH PLAIN !!!')).toMatch(/^535/)
    await client.ask('AUTH PLAIN')
    expect(await client.ask('*')).toMatch(/^501/)
  })
})

describe('policy shows at RCPT', () => {
  test('without login', async () => {
    await using client = await openLines(reference, 'submissions')
    await client.ask('EHLO client.example.org')
    expect(await client.ask('MAIL FROM:<a@chat.test>')).toBe('250 2.1.0 Ok')
    expect(await client.ask('RCPT TO:<b@chat.test>')).toMatch(/^554 5.7.1 <unknown\[127.0.0.1\]>/)
    expect(await client.ask('DATA')).toBe('554 5.5.1 Error: no valid recipients')
  })

  test.each([
    ['localhost', false],
    ['127.0.0.1', false],
    ['client', false],
    ['client.example.org', true],
    ['_bad_.x', true],
    ['[10.77.0.1]', true],
  ])('EHLO %s', async (name, fine) => {
    const account = reference.accounts.create()
    await using client = await openLines(reference, 'submissions')
    await client.ask(`EHLO ${name}`)
    await client.ask(`AUTH PLAIN ${plain(account.address, account.password)}`)
    expect(await client.ask(`MAIL FROM:<${account.address}>`)).toMatch(/^250/)
    expect(await client.ask(`RCPT TO:<${account.address}>`)).toMatch(fine ? /^250 2.1.5/ : /^504 5.5.2/)
  })

  test('the envelope of somebody else, the null sender, bad addresses', async () => {
    const account = reference.accounts.create()
    await using client = await openSession(reference, account)
    await client.ask('MAIL FROM:<bob123456@chat.test>')
    expect(await client.ask(`RCPT TO:<${account.address}>`)).toBe(
      `553 5.7.1 <bob123456@chat.test>: Sender address rejected: not owned by user ${account.address}`,
    )
    await client.ask('RSET')
    await client.ask('MAIL FROM:<>')
    expect(await client.ask(`RCPT TO:<${account.address}>`)).toBe("500 Invalid from address <'<>'>")
    await client.ask('RSET')
    await client.ask(`MAIL FROM:<${account.address.toUpperCase()}>`)
    expect(await client.ask('RCPT TO:<foo bar@x>')).toBe('501 5.1.3 Bad recipient address syntax')
    expect(await client.ask('RCPT TO:<x@nx.test>')).toMatch(/^250/)
  })
})

describe('messages', () => {
  test('an encrypted one is stored before the 250, cleaned of what gives away', async () => {
    const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
    await using client = await openSession(reference, alice)
    const message = encryptedMessage({
      from: alice.address,
      subject: 'The secret plan',
      headers: ['User-Agent: x', 'X-Mailer: x', 'X-Originating-IP: [192.0.2.7]', 'Received: from x', 'Bcc: c@d.test'],
    })
    expect(await submit(client, alice.address, [bob.address.toUpperCase(), alice.address], message)).toBe('250 OK')
    const [stored] = inbox(bob.address)
    expect(inbox(alice.address)).toHaveLength(1)
    expect(stored).toMatch(/^Subject: \[\.\.\.\]\r$/m)
    for (const gone of ['secret plan', 'User-Agent', 'X-Mailer', 'X-Originating-IP', 'Received', 'Bcc', '127.0.0.1']) {
      // Only the head: random base64 may spell anything.
      expect(stored?.slice(0, stored.indexOf('\r\n\r\n'))).not.toContain(gone)
    }
    const body = (text: string | undefined) => text?.slice(text.indexOf('\r\n\r\n'))
    expect(body(stored)).toBe(body(message))
    expect(stored).toMatch(/^Message-ID: <.*@localhost>\r$/m)
  })

  test('plain and forged ones are refused at the end of DATA, and the session lives on', async () => {
    const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
    await using client = await openSession(reference, alice)
    expect(await submit(client, alice.address, [bob.address], plainMessage(alice.address))).toBe(
      '523 Encryption Needed: Invalid Unencrypted Mail',
    )
    const forged = encryptedMessage({ from: bob.address })
    expect(await submit(client, alice.address, [bob.address], forged)).toBe(
      `500 Invalid FROM <${bob.address}> for <${alice.address}>`,
    )
    expect(inbox(bob.address)).toEqual([])
    expect(await submit(client, alice.address, [bob.address], encryptedMessage({ from: alice.address }))).toBe('250 OK')
  })

  test('mail to oneself at a plus address comes, dots at line starts stay', async () => {
    const alice = reference.accounts.create()
    const [name, domain] = alice.address.split('@')
    await using client = await openSession(reference, alice)
    const setup = [
      `From: ${alice.address}`,
      'Subject: Autocrypt Setup Message',
      'Content-Type: multipart/mixed; boundary=edge',
      '',
      '--edge',
      '',
      '.',
      '..two',
      '.one',
      '\xe4\xf6 trailing blanks  ',
      '--edge--',
      '',
    ].join('\r\n')
    expect(await submit(client, alice.address, [alice.address], setup)).toBe('250 OK')
    expect(inbox(alice.address)[0]).toContain('\r\n.\r\n..two\r\n.one\r\n')
    const tagged = encryptedMessage({ from: alice.address })
    expect(await submit(client, alice.address, [`${name}+x@${domain}`], tagged)).toBe('250 OK')
    expect(inbox(alice.address)).toHaveLength(2)
  })

  test('pipelined commands in one write are answered in order', async () => {
    const alice = reference.accounts.create()
    await using client = await openSession(reference, alice)
    client.write(`MAIL FROM:<${alice.address}> BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<${alice.address}>\r\nDATA\r\n`)
    expect([await client.reply(), await client.reply(), await client.reply()]).toEqual([
      '250 2.1.0 Ok',
      '250 2.1.5 Ok',
      '354 End data with <CR><LF>.<CR><LF>',
    ])
    client.write(`${encryptedMessage({ from: alice.address })}.\r\nNOOP\r\nQUIT\r\n`)
    expect([await client.reply(), await client.reply(), await client.reply()]).toEqual([
      '250 OK',
      '250 2.0.0 Ok',
      '221 2.0.0 Bye',
    ])
    await client.closed
  })

  test('a message byte by byte and one by BDAT arrive whole', async () => {
    const alice = reference.accounts.create()
    await using client = await openSession(reference, alice)
    const message = encryptedMessage({ from: alice.address })
    await client.ask(`MAIL FROM:<${alice.address}>`)
    await client.ask(`RCPT TO:<${alice.address}>`)
    await client.ask('DATA')
    for (const byte of `${message}.\r\n`) client.write(byte)
    expect(await client.reply()).toBe('250 OK')
    await client.ask(`MAIL FROM:<${alice.address}>`)
    await client.ask(`RCPT TO:<${alice.address}>`)
    client.write(`BDAT 100\r\n${message.slice(0, 100)}`)
    expect(await client.reply()).toMatch(/^250/)
    client.write(`BDAT ${message.length - 100} LAST\r\n${message.slice(100)}`)
    expect(await client.reply()).toBe('250 OK')
    const [one, two] = inbox(alice.address).map((text) => text.slice(text.indexOf('\r\n\r\n')))
    expect(one).toBe(message.slice(message.indexOf('\r\n\r\n')))
    expect(two).toBe(one)
  })

  test('a bare line feed around a dot does not end the message', async () => {
    const alice = reference.accounts.create()
    await using client = await openSession(reference, alice)
    await client.ask(`MAIL FROM:<${alice.address}>`)
    await client.ask(`RCPT TO:<${alice.address}>`)
    await client.ask('DATA')
    client.write(`${encryptedMessage({ from: alice.address })}\n.\nMAIL FROM:<${alice.address}>\r\n.\r\n`)
    expect(await client.reply()).toMatch(/^(250|523)/)
    expect(await client.ask('NOOP')).toBe('250 2.0.0 Ok')
  })

  test('unknown users here and domains that cannot be bounce, others wait', async () => {
    const alice = reference.accounts.create()
    reference.network.publish([{ name: 'other.test', type: 'A', address: '192.0.2.9' }])
    await using client = await openSession(reference, alice)
    for (const recipient of ['zzzzzzzzz@chat.test', 'x@nowhere.invalid', 'x@other.test']) {
      const message = encryptedMessage({ from: alice.address })
      expect(await submit(client, alice.address, [recipient], message)).toBe('250 OK')
    }
    await reference.queue.idle()
    const [unknown, unroutable] = inbox(alice.address)
    expect(unknown).toMatch(/^From: MAILER-DAEMON@chat\.test/m)
    expect(unknown).toContain('multipart/report')
    expect(unknown).toContain('550 5.1.1 <zzzzzzzzz@chat.test>')
    expect(unroutable).toContain('x@nowhere.invalid')
    expect(inbox(alice.address)).toHaveLength(2)
    expect(reference.queue.entries.map((entry) => entry.recipients)).toEqual([['x@other.test']])
  })
})

describe('limits', () => {
  test('eleven at once are one too many, and a second later there is room again', async () => {
    const alice = reference.accounts.create()
    await using client = await openSession(reference, alice)
    const replies: string[] = []
    for (let i = 0; i < 12; i++) {
      replies.push(await submit(client, alice.address, [alice.address], encryptedMessage({ from: alice.address })))
    }
    expect(replies.slice(0, 10).every((reply) => reply === '250 OK')).toBe(true)
    expect(replies.at(-1)).toMatch(/^450 4\.7\.1: Too much mail from/)
    await reference.clock.advance(1_500)
    expect(await submit(client, alice.address, [alice.address], encryptedMessage({ from: alice.address }))).toBe(
      '250 OK',
    )
  })

  test('size is refused when announced and when sent', async () => {
    await using small = await startReference({ overrides: { limits: { messageBytes: 5_000, advertisedBytes: 5_000 } } })
    const alice = small.accounts.create()
    await using client = await openSession(small, alice)
    expect(await client.ask(`MAIL FROM:<${alice.address}> SIZE=5001`)).toBe(
      '552 5.3.4 Message size exceeds fixed limit',
    )
    const large = encryptedMessage({ from: alice.address, headers: [`X-Long: ${'x'.repeat(6_000)}`] })
    expect(await submit(client, alice.address, [alice.address], large)).toBe('552 5.3.4 Error: message file too big')
    expect(await submit(client, alice.address, [alice.address], encryptedMessage({ from: alice.address }))).toBe(
      '250 OK',
    )
  })

  test('the 21st bad command ends the session, and so do endless lines one by one', async () => {
    for (const line of ['BOGUS', 'x'.repeat(10_000)]) {
      await using client = await openLines(reference, 'submissions')
      const replies: string[] = []
      for (let i = 0; i < 20; i++) replies.push(await client.ask(line))
      expect(replies.every((reply) => reply.startsWith('500 5.5.2'))).toBe(true)
      expect(await client.ask(line)).toBe('421 4.7.0 chat.test Error: too many errors')
      await client.closed
    }
  })

  test('one recipient more than allowed gets a 452, the others their mail', async () => {
    await using server = await startReference({ overrides: { limits: { recipients: 2 } } })
    const alice = server.accounts.create()
    await using client = await openSession(server, alice)
    await client.ask(`MAIL FROM:<${alice.address}>`)
    await client.ask('RCPT TO:<a@other.test>')
    await client.ask('RCPT TO:<b@other.test>')
    expect(await client.ask('RCPT TO:<c@other.test>')).toBe('452 4.5.3 Error: too many recipients')
    expect(await client.ask('DATA')).toMatch(/^354/)
  })
})

test('VRFY and RCPT tell nothing about who exists', async () => {
  const account = reference.accounts.create()
  await using client = await openSession(reference, account)
  expect(await client.ask(`VRFY ${account.address}`)).toBe(`252 2.0.0 ${account.address}`)
  expect(await client.ask('VRFY nobody@chat.test')).toBe('252 2.0.0 nobody@chat.test')
  for (const other of ['HELP', 'EXPN x', 'BOGUS']) {
    expect(await client.ask(other)).toBe('500 5.5.2 Error: command not recognized')
  }
})

test('commands out of order get a 503', async () => {
  const account = reference.accounts.create()
  await using client = await openSession(reference, account)
  expect(await client.ask(`RCPT TO:<${account.address}>`)).toMatch(/^503 5.5.1/)
  expect(await client.ask('DATA')).toMatch(/^503 5.5.1/)
  await client.ask(`MAIL FROM:<${account.address}>`)
  expect(await client.ask(`MAIL FROM:<${account.address}>`)).toMatch(/^503 5.5.1/)
  expect(await client.ask('STARTTLS')).toMatch(/^554 5.5.1/)
})
