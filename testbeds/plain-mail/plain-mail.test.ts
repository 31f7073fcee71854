// Talks to the plain mail server with node:tls, imapflow and nodemailer, and sees that it comes and goes without a trace.
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect as connectTcp, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect as connectTls } from 'node:tls'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PlainMail, runPlainMail, startPlainMail, whyNoPlainMail } from './plain-mail.ts'

interface Person {
  readonly address: string
  readonly password: string
}

function accountsOf(server: PlainMail): readonly Person[] {
  return readFileSync(server.accountsFile, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [address = '', password = ''] = line.split(' ')
      return { address, password }
    })
}

function person(server: PlainMail, name: string): Person {
  const found = accountsOf(server).find(({ address }) => address === `${name}@${server.domain}`)
  if (found === undefined) throw new Error(`no account ${name}`)
  return found
}

function imapSession(server: PlainMail, account: Person, secure = true): ImapFlow {
  return new ImapFlow({
    host: server.address,
    port: secure ? server.ports.imaps : server.ports.imap,
    secure,
    ...(secure ? {} : { doSTARTTLS: true }),
    servername: server.domain,
    tls: { ca: readFileSync(server.caFile) },
    auth: { user: account.address, pass: account.password },
    logger: false,
  })
}

function mailTransport(server: PlainMail, account: Person, secure = true) {
  return createTransport({
    host: server.address,
    port: secure ? server.ports.submissions : server.ports.submission,
    secure,
    requireTLS: true,
    name: 'tester.plain.test',
    tls: { ca: readFileSync(server.caFile), servername: server.domain },
    auth: { user: account.address, pass: account.password },
  })
}

/** The one message with this subject, as source text, waited for by polling with NOOP. */
async function arrived(imap: ImapFlow, subject: string): Promise<string> {
  const deadline = Date.now() + 10_000
  while (Date.now() < deadline) {
    await imap.noop()
    for await (const message of imap.fetch('1:*', { source: true })) {
      const source = message.source?.toString('latin1') ?? ''
      if (source.includes(subject)) return source
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`no message with ${subject}`)
}

/** Sends the lines one by one, each after an answer, and returns all that the server said. */
async function converse(server: PlainMail, port: number, lines: readonly string[]): Promise<string> {
  const socket = connectTcp({ host: server.address, port })
  socket.setTimeout(10_000, () => socket.destroy(new Error('silence')))
  let said = ''
  const rest = [...lines]
  for await (const chunk of socket.setEncoding('utf8')) {
    said += chunk
    // The last line of an answer: `250 text`, not `250-text`, or an IMAP line.
    if (!/(^|\n)(\d{3} |\* |a )[^\n]*\r\n$/.test(said)) continue
    const line = rest.shift()
    if (line === undefined) socket.end()
    else socket.write(`${line}\r\n`)
  }
  return said
}

/** Process ids whose working folder or command line lies in `folder`. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return (
        readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) ||
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
      )
    } catch {
      return false
    }
  })
}

const without = await whyNoPlainMail()
const reason = without === undefined ? '' : ` (${without})`

describe.skipIf(without !== undefined)(`an ordinary Postfix and Dovecot${reason}`, () => {
  let server: PlainMail
  beforeAll(async () => {
    const started = await startPlainMail()
    if ('skip' in started) throw new Error(started.skip)
    server = started
  }, 60_000)
  afterAll(() => server?.close(), 60_000)

  test('has six accounts with passwords of their own, for nobody else to read', () => {
    const accounts = accountsOf(server)
    expect(accounts.map(({ address }) => address)).toEqual(
      ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'].map((name) => `${name}@plain.test`),
    )
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(6)
  })

  test.for(['submissions', 'imaps'] as const)('%s shows a certificate that its CA vouches for', async (service) => {
    const socket = connectTls({
      host: server.address,
      port: server.ports[service],
      servername: server.domain,
      ca: readFileSync(server.caFile),
    })
    await once(socket, 'secureConnect')
    expect(socket.authorized).toBe(true)
    const [greeting] = await once(socket.setEncoding('utf8'), 'data')
    expect(greeting).toMatch(service === 'imaps' ? /^\* OK .*Dovecot/ : /^220 plain\.test ESMTP Postfix/)
    socket.destroy()
  })

  test.for([true, false])('delivers from alice to bob (TLS from the first byte: %s)', async (secure) => {
    const [alice, bob] = [person(server, 'alice'), person(server, 'bob')]
    const subject = `hello ${secure}`
    const transport = mailTransport(server, alice, secure)
    const sent = await transport.sendMail({ from: alice.address, to: bob.address, subject, text: 'in clear' })
    transport.close()
    expect(sent.accepted).toEqual([bob.address])

    const imap = imapSession(server, bob, secure)
    await imap.connect()
    await imap.mailboxOpen('INBOX')
    const source = await arrived(imap, subject)
    await imap.logout()
    // What makes it no chatmail relay: the text went through, and the sender's address is in it.
    expect(source).toContain('in clear')
    expect(source).toMatch(/^Received: from tester\.plain\.test \(unknown \[127\.0\.0\.1\]\)/m)
  })

  test('tells an idle client of new mail, after the delay that stock Dovecot has', async () => {
    const [erin, frank] = [person(server, 'erin'), person(server, 'frank')]
    const imap = imapSession(server, frank)
    await imap.connect()
    await imap.mailboxOpen('INBOX')
    const told = once(imap, 'exists', { signal: AbortSignal.timeout(15_000) })
    const idling = imap.idle()
    const transport = mailTransport(server, erin)
    await transport.sendMail({ from: erin.address, to: frank.address, subject: 'idle', text: 'wake' })
    transport.close()
    const [event] = (await told) as [{ count: number }]
    expect(event.count).toBe(1)
    await imap.logout()
    await idling
  })

  test('sends no mail elsewhere but takes it and bounces it', async () => {
    const carol = person(server, 'carol')
    const transport = mailTransport(server, carol)
    await transport.sendMail({ from: carol.address, to: 'x@elsewhere.invalid', subject: 'out', text: 'out' })
    transport.close()
    const imap = imapSession(server, carol)
    await imap.connect()
    await imap.mailboxOpen('INBOX')
    const bounce = await arrived(imap, 'Undelivered Mail Returned to Sender')
    await imap.logout()
    expect(bounce).toContain('Status: 5.4.4')
  })

  test('port 25 takes mail for its own people only', async () => {
    const said = await converse(server, server.ports.smtp, [
      'EHLO stranger.test',
      'MAIL FROM:<x@stranger.test>',
      'RCPT TO:<alice@plain.test>',
      'RCPT TO:<nobody@plain.test>',
      'RCPT TO:<x@stranger.test>',
      'QUIT',
    ])
    expect(said).not.toContain('AUTH')
    expect(said).toMatch(/250 2\.1\.5 Ok\r\n550 5\.1\.1 [^\n]*\r\n454 4\.7\.1 [^\n]*Relay access denied\r\n221 /)
  })

  test('treats a client on this machine as a stranger: no password in clear, no mail without login', async () => {
    const alice = person(server, 'alice')
    const imap = await converse(server, server.ports.imap, [`a LOGIN ${alice.address} ${alice.password}`])
    expect(imap).toContain('LOGINDISABLED')
    expect(imap).toContain('a NO [PRIVACYREQUIRED]')
    const smtp = await converse(server, server.ports.submission, ['EHLO stranger.test', 'MAIL FROM:<alice@plain.test>'])
    expect(smtp).toContain('530 5.7.0 Must issue a STARTTLS command first')
  })

  test('has nothing of a chatmail relay in its capabilities', async () => {
    const imap = imapSession(server, person(server, 'dave'))
    await imap.connect()
    const capabilities = [...imap.capabilities.keys()]
    await imap.logout()
    expect(capabilities).toContain('IDLE')
    expect(capabilities).not.toContain('XCHATMAIL')
    expect(capabilities).not.toContain('METADATA')
  })

  test('a second one beside it has ports and accounts of its own', async () => {
    const second = await startPlainMail()
    if ('skip' in second) throw new Error(second.skip)
    try {
      expect(Object.values(second.ports)).not.toEqual(Object.values(server.ports))
      expect(person(second, 'alice').password).not.toBe(person(server, 'alice').password)
    } finally {
      await second.close()
    }
    expect((await runPlainMail('status', server.folder)).code).toBe(0)
  }, 60_000)
})

describe.skipIf(without !== undefined)(`plain-mail.sh${reason}`, () => {
  let parent = ''
  let dir = ''
  beforeAll(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'plain-mail-test-'))
    dir = path.join(parent, 'pm')
    await rm(parent, { recursive: true })
  })
  afterAll(async () => {
    await runPlainMail('down', dir)
    await rm(parent, { recursive: true, force: true })
  })

  test('comes up and goes down twice in one folder and leaves no process and no file', async () => {
    for (const round of [1, 2]) {
      const up = await runPlainMail('up', dir)
      expect(up, `round ${round}`).toMatchObject({ code: 0 })
      expect(await runPlainMail('status', dir)).toMatchObject({ code: 0, stdout: up.stdout })
      expect(await runPlainMail('up', dir)).toMatchObject({ code: 1, stderr: expect.stringContaining('is in use') })
      expect(processesOf(dir).length).toBeGreaterThan(2)
      expect(await runPlainMail('down', dir)).toMatchObject({ code: 0, stdout: '' })
      expect(processesOf(dir)).toEqual([])
      expect(existsSync(dir)).toBe(false)
      expect((await runPlainMail('status', dir)).code).toBe(3)
      expect((await runPlainMail('down', dir)).code).toBe(0)
    }
  }, 60_000)

  test('says so when a wanted port is taken, and leaves nothing', async () => {
    const occupant = createServer().listen(0, '127.0.0.2')
    await once(occupant, 'listening')
    const { port } = occupant.address() as { port: number }
    const up = await runPlainMail('up', dir, '--port', String(Math.min(port, 65_531)))
    occupant.close()
    expect(up).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/Address already in use|in use/) })
    expect(processesOf(dir)).toEqual([])
    expect(existsSync(dir)).toBe(false)
  }, 60_000)

  test('takes down no folder that it did not make', async () => {
    const strange = await mkdtemp(path.join(tmpdir(), 'plain-mail-strange-'))
    await writeFile(path.join(strange, 'keep'), '')
    expect((await runPlainMail('down', strange)).code).toBe(1)
    expect((await runPlainMail('up', strange)).code).toBe(1)
    expect(existsSync(path.join(strange, 'keep'))).toBe(true)
    await rm(strange, { recursive: true })
  })

  const unused = path.join(tmpdir(), 'plain-mail-unused')
  test.for([
    [],
    ['sideways'],
    ['up'],
    ['up', `${unused} b`],
    ['up', `${unused}${'b'.repeat(60)}`],
    ['up', '--port', '2500'],
    ['up', unused, '--port', '80'],
    ['up', unused, '--prot', '2500'],
    ['down', unused, '--kep'],
  ])('answers wrong usage with 2: %j', async (args) => {
    expect((await runPlainMail(...args)).code).toBe(2)
    expect(existsSync(unused)).toBe(false)
  })
})
