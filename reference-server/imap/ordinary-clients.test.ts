// Clients nobody here wrote do their ordinary job: imapflow and curl, against the recorded choices and against variants.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ImapFlow } from 'imapflow'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Reference, startReference } from '../index.ts'

const run = promisify(execFile)
const hasCurl = await run('curl', ['--version']).then(
  ({ stdout }) => /\bimaps\b/.test(stdout),
  () => false,
)

const user = 'alice1234@chat.test'
const pass = 'pass"word\\1'
const text = [
  'From: "Bob, B." <bob123456@chat.test>',
  'To: alice1234@chat.test',
  'Subject: Hello',
  'Message-ID: <1@chat.test>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b1"',
  '',
  '--b1',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'First part',
  '--b1',
  'Content-Type: application/octet-stream; name=x.bin',
  'Content-Disposition: attachment; filename="x.bin"',
  'Content-Transfer-Encoding: base64',
  '',
  'aGVsbG8=',
  '--b1--',
  '',
].join('\r\n')

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function reference(variant: number): Promise<Reference> {
  const server = await startReference({ variant })
  closers.push(() => server.close())
  return server
}

async function flow(server: Reference, security: 'tls' | 'starttls' = 'tls'): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: security === 'tls' ? server.ports.imaps : server.ports.imap,
    secure: security === 'tls',
    servername: 'chat.test',
    tls: { ca: server.ca },
    auth: { user, pass },
    logger: false,
  })
  client.on('error', () => {})
  closers.push(() => client.close())
  await client.connect()
  return client
}

describe.each([0, 1, 2, 3, 4])('variant %i', (variant) => {
  test('imapflow logs in, idles, fetches, appends, searches, flags, moves and deletes', async () => {
    const server = await reference(variant)
    const client = await flow(server)
    await client.mailboxCreate('Archive')
    expect((await client.list()).map(({ path }) => path)).toEqual(expect.arrayContaining(['INBOX', 'Archive']))
    const inbox = await client.mailboxOpen('INBOX')
    expect(inbox).toMatchObject({ exists: 0, uidNext: 1, readOnly: false })

    const arrived = new Promise<{ count: number }>((resolve) => client.once('exists', resolve))
    const idle = client.idle()
    await vi.waitUntil(() => client.idling)
    server.accounts.find(user)?.store.inbox.append(Buffer.from(text))
    expect((await arrived).count).toBe(1)
    const date = new Date('2020-02-01T03:04:05Z')
    const appended = await client.append('INBOX', text, ['\\Seen', '$Keyword'], date)
    await idle
    expect(appended).toMatchObject({ uid: 2, seq: 2 })

    const all = await client.fetchAll('1:*', {
      uid: true,
      flags: true,
      envelope: true,
      bodyStructure: true,
      internalDate: true,
      size: true,
      source: true,
      headers: ['subject'],
      bodyParts: ['1', '2'],
    })
    expect(all).toHaveLength(2)
    expect(all[0]).toMatchObject({
      uid: 1,
      size: text.length,
      envelope: { subject: 'Hello', from: [{ name: 'Bob, B.', address: 'bob123456@chat.test' }] },
    })
    expect(all[0]?.source?.toString()).toBe(text)
    expect(all[0]?.headers?.toString()).toMatch(/^Subject: Hello\r\n\r\n?/)
    expect(all[0]?.bodyParts?.get('1')?.toString()).toBe('First part')
    expect(all[0]?.bodyStructure?.childNodes?.[1]).toMatchObject({ disposition: 'attachment', encoding: 'base64' })
    expect(all[1]?.internalDate).toEqual(date)
    expect([...(all[1]?.flags ?? [])]).toEqual(expect.arrayContaining(['\\Seen', '$Keyword']))

    const { content } = await client.download('1', '2')
    expect(Buffer.concat((await content?.toArray()) ?? []).toString()).toBe('hello')
    expect(await client.search({ seen: false }, { uid: true })).toEqual([1])
    expect(await client.search({ header: { subject: 'hello' } })).toEqual([1, 2])
    await client.messageFlagsAdd('1', ['\\Flagged'], { uid: true })
    expect(await client.messageMove('1', 'Archive', { uid: true })).toMatchObject({ destination: 'Archive' })
    expect(await client.messageDelete('2', { uid: true })).toBe(true)
    expect(await client.status('INBOX', { messages: true, uidNext: true })).toMatchObject({ messages: 0, uidNext: 3 })
    expect(await client.status('Archive', { messages: true })).toMatchObject({ messages: 1 })
    expect(await client.getQuota('INBOX')).toMatchObject({ storage: { limit: 512_000 * 1024 } })
    await client.mailboxDelete('Archive')
    await client.logout()
  })

  test('imapflow upgrades with STARTTLS', async () => {
    const client = await flow(await reference(variant), 'starttls')
    expect(client.secureConnection).toBe(true)
    expect(await client.mailboxOpen('INBOX')).toMatchObject({ exists: 0 })
    await client.logout()
  })
})

test.skipIf(!hasCurl)('curl uploads, lists and reads over imaps', async () => {
  const server = await reference(0)
  const folder = await mkdtemp(join(tmpdir(), 'imap-curl-'))
  closers.push(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'ca.pem'), server.ca)
  await writeFile(join(folder, 'mail.eml'), text)
  const { imaps } = server.ports
  const curl = async (...args: string[]) => {
    const base = ['-sS', '--max-time', '10', '--cacert', join(folder, 'ca.pem'), '-u', `${user}:${pass}`]
    const to = ['--resolve', `chat.test:${imaps}:127.0.0.1`]
    return (await run('curl', [...base, ...to, ...args])).stdout
  }
  const url = `imaps://chat.test:${imaps}`
  expect(await curl(`${url}/`)).toContain('INBOX')
  await curl(`${url}/INBOX`, '-T', join(folder, 'mail.eml'))
  expect(await curl(`${url}/INBOX;UID=1`)).toBe(text)
  expect(await curl(`${url}/INBOX`, '-X', 'STORE 1 +Flags \\Deleted')).toContain('\\Deleted')
  expect(await curl(`${url}/INBOX?SUBJECT%20Hello`)).toContain('SEARCH 1')
  expect(await curl(`${url}/INBOX;UID=1;SECTION=TEXT`)).toContain('First part')
})
