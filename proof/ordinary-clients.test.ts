// What our checks say of the reference server, said by clients nobody here wrote: imapflow, nodemailer and curl. For the
// musts that neither the recordings nor the ordinary mail server of testbeds can show. Read by witnesses.ts.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Reference, startReference } from '../reference-server/index.ts'
import { encryptedMessage, plainMessage } from '../reference-server/test-mail/encrypted-message.ts'

const run = promisify(execFile)
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

interface Person {
  readonly user: string
  readonly pass: string
}

let reference: Reference
let folder: string
let names = 0
const open: ImapFlow[] = []

beforeAll(async () => {
  reference = await startReference()
  folder = await mkdtemp(join(tmpdir(), 'ordinary-clients-'))
  await writeFile(join(folder, 'ca.pem'), reference.ca)
})

afterAll(async () => {
  for (const client of open) client.close()
  await reference.close()
  await rm(folder, { recursive: true })
})

/** A name of nine letters and digits and a password of 22, as apps invent them. */
function stranger(pass = 'Abcdefgh12345678901234'): Person {
  return { user: `user${String(++names).padStart(5, '0')}@${reference.domain}`, pass }
}

async function imap(auth: Person, port = reference.ports.imaps, secure = true): Promise<ImapFlow> {
  const tls = { ca: reference.ca, ...sharedBy('imap', port) }
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure,
    servername: reference.domain,
    tls,
    auth,
    logger: false,
  })
  client.on('error', () => {})
  open.push(client)
  await client.connect()
  return client
}

function smtp(auth: Person, port = reference.ports.submissions, secure = true) {
  const tls = { ca: reference.ca, servername: reference.domain, ...sharedBy('smtp', port) }
  return createTransport({ host: '127.0.0.1', port, secure, requireTLS: !secure, name: '[127.0.0.1]', auth, tls })
}

async function curl(...args: readonly string[]): Promise<string> {
  const { https } = reference.ports
  const base = ['-sS', '--max-time', '10', '--cacert', join(folder, 'ca.pem')]
  return (await run('curl', [...base, '--resolve', `${reference.domain}:${https}:127.0.0.1`, ...args])).stdout
}

const url = (path: string): string => `https://${reference.domain}:${reference.ports.https}${path}`

async function subjects(client: ImapFlow): Promise<readonly (string | undefined)[]> {
  await client.mailboxOpen('INBOX')
  if (client.mailbox && client.mailbox.exists === 0) return []
  return (await client.fetchAll('1:*', { envelope: true })).map(({ envelope }) => envelope?.subject)
}

function send(from: Person, to: Person, subject: string): Promise<unknown> {
  const raw = encryptedMessage({ from: from.user, subject })
  return smtp(from).sendMail({ envelope: { from: from.user, to: [to.user] }, raw })
}

describe('accounts', () => {
  test.skipIf(!hasCurl)(
    'curl gets two proposals that differ; imapflow is in and idle with one within five seconds',
    async () => {
      const started = performance.now()
      const proposal = JSON.parse(await curl('-X', 'POST', url('/new')))
      const client = await imap({ user: proposal.email, pass: proposal.password })
      await client.mailboxOpen('INBOX')
      const idle = client.idle()
      await expect.poll(() => client.idling).toBe(true)
      expect(performance.now() - started).toBeLessThan(5_000)
      await client.noop()
      await idle
      const other = JSON.parse(await curl('-X', 'POST', url('/new')))
      expect(other.email).not.toBe(proposal.email)
      expect(other.password).not.toBe(proposal.password)
    },
  )

  test('nodemailer makes an account by its first login, which imapflow then finds', async () => {
    const alice = stranger()
    expect(await smtp(alice).verify()).toBe(true)
    await imap(alice)
    await expect(imap({ ...alice, pass: `${alice.pass}x` })).rejects.toMatchObject({ authenticationFailed: true })
  })

  test('imapflow and nodemailer log in ten times at once with a new name, and make one account', async () => {
    const alice = stranger()
    const before = reference.accounts.list().length
    const logins = Array.from({ length: 5 }, () => [imap(alice), smtp(alice).verify()])
    await Promise.all(logins.flat())
    expect(reference.accounts.list().length).toBe(before + 1)
    await send(alice, alice, 'once')
    expect(await subjects(await imap(alice))).toHaveLength(1)
  })

  test('two users with one password see each their own mail', async () => {
    const [alice, bob] = [stranger(), stranger()]
    const [hers, his] = [await imap(alice), await imap(bob)]
    await send(alice, bob, '[...]')
    expect(await subjects(his)).toHaveLength(1)
    expect(await subjects(hers)).toHaveLength(0)
  })

  test.each(['0123456789"\\\'/{9}%*$!`', 'a'.repeat(50)])('imapflow and nodemailer log in with %s', async (pass) => {
    const alice = stranger(pass)
    await imap(alice)
    expect(await smtp(alice).verify()).toBe(true)
  })

  test.each([
    ['their end', 'Nobody-Has-This-Passw0rdX'],
    ['upper and lower case', 'nobody-has-this-passw0rd'],
    ['punctuation', 'Nobody+Has+This+Passw0rd'],
  ])('imapflow is refused with a password that differs in %s', async (_, wrong) => {
    const alice = stranger('Nobody-Has-This-Passw0rd')
    await imap(alice)
    await expect(imap({ ...alice, pass: wrong })).rejects.toMatchObject({ authenticationFailed: true })
  })

  test.skipIf(!hasCurl)('imapflow and nodemailer log in at each server of the autoconfig that curl reads', async () => {
    const alice = stranger()
    await imap(alice)
    const xml = await curl(url('/.well-known/autoconfig/mail/config-v1.1.xml'))
    const servers = [
      ...xml.matchAll(
        /<(?:incoming|outgoing)Server type="(\w+)">([\s\S]*?)<\/\w+>\s*(?=<incoming|<outgoing|<\/email)/g,
      ),
    ]
    const read = (text: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1]
    expect(servers.length).toBeGreaterThan(1)
    for (const [, type, text = ''] of servers) {
      const port = Number(read(text, 'port'))
      const secure = read(text, 'socketType') === 'SSL'
      expect(read(text, 'hostname')).toBe(reference.domain)
      if (type === 'imap') await imap(alice, here(port), secure)
      else expect(await smtp(alice, here(port), secure).verify()).toBe(true)
    }
  })
})

/** On the port of the web, mail is told apart by ALPN. */
function sharedBy(protocol: 'imap' | 'smtp', port: number): { ALPNProtocols?: string[] } {
  return port === reference.ports.https ? { ALPNProtocols: [protocol] } : {}
}

/** Where the standard ports of the document are in this process. */
function here(port: number): number {
  const { imaps, imap: plain, submissions, submission, https } = reference.ports
  return { 993: imaps, 143: plain, 465: submissions, 587: submission, 443: https }[port] ?? port
}

describe('mail', () => {
  test('imapflow finds what nodemailer sent once each, and nothing of what was refused', async () => {
    const [alice, bob] = [stranger(), stranger()]
    const his = await imap(bob)
    const refused = smtp(alice).sendMail({
      envelope: { from: alice.user, to: [bob.user] },
      raw: plainMessage(alice.user),
    })
    await expect(refused).rejects.toMatchObject({ responseCode: 523 })
    for (let number = 0; number < 8; number++) await send(alice, bob, '[...]')
    expect(await subjects(his)).toEqual(Array(8).fill('[...]'))
    const ids = (await his.fetchAll('1:*', { envelope: true })).map(({ envelope }) => envelope?.messageId)
    expect(new Set(ids).size).toBe(8)
  })

  test('imapflow turns on the compression that is promised, and reads on', async () => {
    const alice = stranger()
    const client = await imap(alice)
    expect(client.capabilities.has('COMPRESS=DEFLATE')).toBe(true)
    // imapflow does it by itself and tells only its log.
    expect((client as unknown as { _deflate?: unknown })._deflate).toBeTruthy()
    await send(alice, alice, '[...]')
    expect(await subjects(client)).toEqual(['[...]'])
  })

  test('imapflow reads its push token, and another user does not', async () => {
    const [alice, bob] = [await imap(stranger()), await imap(stranger())]
    await metadata(alice, 'SETMETADATA', '/private/devicetoken', 'token-of-alice')
    expect(await metadata(alice, 'GETMETADATA', '/private/devicetoken')).toContain('token-of-alice')
    expect(await metadata(bob, 'GETMETADATA', '/private/devicetoken')).not.toContain('token-of-alice')
  })
})

/** imapflow has no method for METADATA, but one for any command, which its types leave out. */
interface Executor {
  exec(
    command: string,
    attributes: readonly unknown[],
    options: { untagged: Record<string, (untagged: { attributes: readonly unknown[] }) => Promise<void>> },
  ): Promise<{ next(): void }>
}

/** The untagged answers as text. */
async function metadata(client: ImapFlow, command: string, key: string, value?: string): Promise<string> {
  const string = (text: string) => ({ type: 'STRING', value: text })
  const seen: string[] = []
  const entries = value === undefined ? string(key) : [string(key), string(value)]
  const executor = client as unknown as Executor
  const response = await executor.exec(command, [{ type: 'ATOM', value: 'INBOX' }, entries], {
    untagged: { METADATA: async ({ attributes }) => void seen.push(...words(attributes)) },
  })
  response.next()
  return seen.join(' ')
}

/** imapflow gives atoms and strings as text, literals as octets, lists as arrays of these. */
function words(attribute: unknown): string[] {
  if (Array.isArray(attribute)) return attribute.flatMap(words)
  return attribute === null ? [] : [String((attribute as { value: string | Buffer }).value)]
}
