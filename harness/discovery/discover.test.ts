import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { liveTiming } from '../host/defaults.ts'
import type { Host, Service } from '../host/host.ts'
import { TargetError } from '../host/target-error.ts'
import { memoryAccountStore } from './account-memory.ts'
import { type DiscoverOptions, discoverHost } from './discover.ts'
import { type Authority, createAuthority, type Leaf } from './test-certificates.ts'
import { startDnsServer } from './test-dns-server.ts'
import { startFakeHost } from './test-fake-host.ts'

let authority: Authority
let leaf: Leaf
let state: string

beforeAll(async () => {
  authority = await createAuthority()
  leaf = await authority.leaf()
})

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'discover-'))
  return () => rm(state, { recursive: true, force: true })
})

const timing = { ...liveTiming, connect: 1_500, reply: 1_500 }
const discover = (host: string, options: DiscoverOptions) =>
  discoverHost(host, {
    state,
    timing,
    ...(options.pin || options.trustPresented ? {} : { ca: [authority.ca] }),
    ...options,
  })

const failure = async (promise: Promise<Host>): Promise<TargetError> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof TargetError) return error
    throw error
  }
  throw new Error('a host was found')
}

const outcomes = ({ candidates }: Pick<Host, 'candidates'>) =>
  Object.fromEntries(candidates.map(({ endpoint, outcome }) => [endpoint.service, outcome]))

/** A port nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('a host that answers', () => {
  test('becomes endpoints, candidates, trust, policy and notes', async () => {
    await using fake = await startFakeHost({ leaf })
    const progress: string[] = []
    const host = await discover('Chat.Example.', {
      connect: fake.connect,
      policy: { retentionDays: 7 },
      onProgress: (text) => progress.push(text),
    })
    expect(host).toMatchObject({ label: 'Chat.Example', domain: 'chat.example', trust: { mode: 'ca' } })
    expect(Object.keys(host.endpoints).sort()).toEqual(['https', 'imap', 'imaps', 'submission', 'submissions'])
    expect(host.endpoints.imaps).toEqual({
      service: 'imaps',
      security: 'tls',
      name: 'chat.example',
      address: '127.0.0.1',
      port: fake.ports.imaps,
    })
    expect(outcomes(host)).toMatchObject({ imaps: 'answers', submission: 'answers', smtp: 'not-tried' })
    expect(host.policy.messageBytes).toEqual({ value: 31_457_280, from: 'discovered' })
    expect(host.policy.retentionDays).toEqual({ value: 7, from: 'declared' })
    expect(host.notes).toEqual([expect.stringMatching(/over loopback/)])
    expect(progress.length).toBeGreaterThan(0)
  })

  test('takes the leave of a guest', async () => {
    await using fake = await startFakeHost({ leaf })
    await discover('chat.example', { connect: fake.connect })
    await expect.poll(() => fake.heard.filter((line) => /submissions? QUIT$/.test(line))).toHaveLength(2)
    await expect.poll(() => fake.heard.filter((line) => /imaps? \S+ LOGOUT$/.test(line))).toHaveLength(2)
    expect(fake.heard.filter((line) => /AUTH|LOGIN|MAIL/.test(line))).toEqual([])
  })

  test('is usable with one mail service alone', async () => {
    await using fake = await startFakeHost({ leaf, services: ['imaps'] })
    const host = await discover('chat.example', { connect: fake.connect })
    expect(Object.keys(host.endpoints)).toEqual(['imaps'])
  })

  test('keeps its accounts apart from those of the real host of that name', async () => {
    await using fake = await startFakeHost({ leaf })
    const host = await discover('chat.example', { connect: fake.connect })
    await host.accounts.remember({ address: 'ci-a@chat.example', password: 'p', origin: 'fresh' })
    expect(await readdir(join(state, 'accounts'))).toEqual(['chat.example%40127.0.0.1'])
    const accounts = memoryAccountStore()
    expect((await discover('chat.example', { connect: fake.connect, accounts })).accounts).toBe(accounts)
  })
})

describe('trust', () => {
  test('an untrusted certificate is named with its reason, and what to do', async () => {
    const cases: readonly (readonly [Parameters<Authority['leaf']>[0], RegExp])[] = [
      [{ until: -3 }, /^certificate of chat\.example:\d+ expired on \d{4}-\d\d-\d\d$/],
      [{ from: 3 }, /is not valid yet, only from \d{4}-\d\d-\d\d on$/],
      [
        { names: ['other.example', 'www.other.example'] },
        /is not for chat\.example but for other\.example, www\.other/,
      ],
      [{ selfSigned: true }, /is self-signed$/],
    ]
    for (const [wishes, message] of cases) {
      await using fake = await startFakeHost({ leaf: await authority.leaf(wishes) })
      const error = await failure(discover('chat.example', { connect: fake.connect }))
      expect(error).toMatchObject({ code: 'untrusted', isUsage: false, message: expect.stringMatching(message) })
      expect(error.hint).toMatch(/--ca FILE, --pin SHA256, or --trust-presented/)
      expect(outcomes(error)).toMatchObject({ imaps: 'untrusted', imap: 'untrusted', https: 'untrusted' })
    }
  })

  test('an unknown authority is named', async () => {
    const other = await createAuthority('Other Authority')
    await using fake = await startFakeHost({ leaf })
    const error = await failure(discover('chat.example', { connect: fake.connect, ca: [other.ca] }))
    expect(error.message).toMatch(/unknown authority, or the chain is incomplete \(issuer CN=Test Authority\)$/)
  })

  test('one bad certificate leaves the other services usable and is noted', async () => {
    const expired = await authority.leaf({ until: -3 })
    await using fake = await startFakeHost({ leaf, leaves: { imaps: expired } })
    const host = await discover('chat.example', { connect: fake.connect })
    expect(host.endpoints.imaps).toBeUndefined()
    expect(host.endpoints.imap).toBeDefined()
    expect(host.notes).toContainEqual(expect.stringMatching(/^certificate of chat\.example:\d+ expired on/))
  })

  test('a pin is all that counts, and a wrong one shows the right one', async () => {
    const odd = await authority.leaf({ until: -3, names: ['other.example'] })
    await using fake = await startFakeHost({ leaf: odd })
    const host = await discover('chat.example', { connect: fake.connect, pin: odd.sha256.toUpperCase() })
    expect(host.trust).toEqual({ mode: 'pin', pin: odd.sha256 })
    const error = await failure(discover('chat.example', { connect: fake.connect, pin: leaf.sha256 }))
    expect(error.message).toMatch(new RegExp(`is not the pinned one; its SHA-256 is ${odd.sha256}$`))
  })

  test('whatever is shown is taken when asked to, and said', async () => {
    await using fake = await startFakeHost({ leaf: await authority.leaf({ selfSigned: true, names: ['x.example'] }) })
    const host = await discover('chat.example', { connect: fake.connect, trustPresented: true })
    expect(host.notes).toContain('certificates are not judged (--trust-presented)')
  })

  test('a name with an underscore may sign its own certificate, but it must be its own', async () => {
    const own = await authority.leaf({ selfSigned: true, names: ['_chat.test'] })
    await using fake = await startFakeHost({ leaf: own })
    const options = { connect: fake.connect, state, timing }
    expect((await discoverHost('_chat.test', options)).trust).toEqual({ mode: 'name-only' })
    expect(await failure(discoverHost('_other.test', options))).toMatchObject({
      code: 'untrusted',
      message: expect.stringMatching(/is not for _other\.test but for _chat\.test/),
    })
  })

  test('an IP literal is not judged by its certificate', async () => {
    await using fake = await startFakeHost({ leaf: await authority.leaf({ selfSigned: true, names: ['x.example'] }) })
    const host = await discoverHost('[127.0.0.1]', { connect: fake.connect, state, timing })
    expect(host).toMatchObject({ domain: '[127.0.0.1]', trust: { mode: 'presented' } })
    expect(host.endpoints.https?.name).toBe('127.0.0.1')
  })
})

test('an IPv6 literal is reached in every protocol', async ({ skip }) => {
  await using fake = await startFakeHost({ leaf, address: '::1' }).catch(() => skip('no IPv6 on this machine'))
  const host = await discoverHost('[IPv6:::1]', { connect: fake.connect, state, timing })
  expect(host.domain).toBe('[IPv6:::1]')
  expect(Object.values(host.endpoints).map(({ address }) => address)).toEqual(Array(5).fill('::1'))
})

describe('a host that cannot be checked', () => {
  test('closed ports are refused connections', async () => {
    const port = await closedPort()
    const error = await failure(
      discover('chat.example', { connect: [`imaps=127.0.0.1:${port}`, `submissions=127.0.0.1:${port}`] }),
    )
    expect(error.code).toBe('nothing-answers')
    expect(error.message).toMatch(/^chat\.example \(127\.0\.0\.1\) refuses connections on ports \d+: no mail server/)
    expect(outcomes(error)).toMatchObject({ imaps: 'refused', submissions: 'refused' })
  })

  test('a name that does not exist, or has no address', async () => {
    await using dns = await startDnsServer({ 'mail.example': { MX: [[10, 'mx.elsewhere.example']] } })
    const absent = await failure(discover('nowhere.example', { dns: dns.address }))
    expect(absent).toMatchObject({ code: 'no-address', message: 'nowhere.example has no address' })
    const elsewhere = await failure(discover('mail.example', { dns: dns.address }))
    expect(elsewhere.hint).toMatch(/^its mail goes to mx\.elsewhere\.example/)
  })

  test("a name server that fails is not the host's fault", async () => {
    await using dns = await startDnsServer({ 'chat.example': { trouble: 'SERVFAIL' } })
    const error = await failure(discover('chat.example', { dns: dns.address }))
    expect(error).toMatchObject({ code: 'dns-failed', message: 'cannot look up chat.example: the name server failed' })
  })

  test('something else on the port is said to be something else', async () => {
    await using fake = await startFakeHost({
      leaf,
      services: ['imaps', 'submissions', 'submission'],
      greetings: { imaps: 'SSH-2.0-OpenSSH\r\n', submissions: '\x00\x1b[31m\r\n', submission: '421 too busy\r\n' },
    })
    const error = await failure(discover('chat.example', { connect: fake.connect }))
    expect(error.code).toBe('nothing-answers')
    expect(outcomes(error)).toMatchObject({
      imaps: 'wrong-service',
      submissions: 'wrong-service',
      submission: 'wrong-service',
    })
    expect(error.message).toMatch(/421 too busy/)
    expect(error.message).not.toMatch(/[\x00-\x1f]/)
  })

  test('a silent host ends by the deadline', async () => {
    const quiet: readonly Service[] = ['imaps', 'imap', 'submissions', 'submission', 'https']
    await using fake = await startFakeHost({ leaf, silent: quiet })
    const started = performance.now()
    const error = await failure(discover('chat.example', { connect: fake.connect }))
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(outcomes(error)).toMatchObject({ imaps: 'timeout', submission: 'timeout' })
  })

  test('given accounts of another host are a usage error', async () => {
    const given = {
      accounts: [{ address: 'a@chat.example', password: 'p', origin: 'given' as const }],
      notes: ['a note'],
    }
    expect((await failure(discover('other.example', { given }))).isUsage).toBe(true)
    await using fake = await startFakeHost({ leaf })
    const host = await discover('chat.example', { connect: fake.connect, given })
    expect(host.accounts.mayCreate).toBe(false)
    expect(host.notes).toContain('a note')
  })

  test('bad text and bad flags are usage errors, before anything is asked', async () => {
    for (const [host, options] of [
      ['https://chat.example/', {}],
      ['chat.example', { connect: ['imasp=127.0.0.1:1'] }],
      ['chat.example', { dns: 'dns.example' }],
      ['chat.example', { pin: leaf.sha256, trustPresented: true }],
    ] as const) {
      expect((await failure(discover(host, options))).isUsage).toBe(true)
    }
  })

  test('the signal ends the search', async () => {
    await using fake = await startFakeHost({ leaf, silent: ['imaps'], services: ['imaps'] })
    const error = await failure(discover('chat.example', { connect: fake.connect, signal: AbortSignal.timeout(100) }))
    expect(error.code).toBe('aborted')
  })
})

test('waiting ends when the services answer', async () => {
  const ports = { imaps: await closedPort(), submissions: await closedPort() }
  const connect = [`imaps=127.0.0.1:${ports.imaps}`, `submissions=127.0.0.1:${ports.submissions}`]
  const waiting: string[] = []
  const found = discover('chat.example', { connect, waitMs: 15_000, onProgress: (text) => waiting.push(text) })
  await expect.poll(() => waiting.length, { timeout: 5_000 }).toBeGreaterThan(0)
  await using _fake = await startFakeHost({ leaf, services: ['imaps', 'submissions'], ports })
  expect(Object.keys((await found).endpoints).sort()).toEqual(['imaps', 'submissions'])
  expect(waiting[0]).toMatch(/^waiting for the services of chat\.example, 15 s left$/)
})

test('waiting ends in time when nothing answers', async () => {
  const connect = [`imaps=127.0.0.1:${await closedPort()}`]
  expect(await failure(discover('chat.example', { connect, waitMs: 700 }))).toMatchObject({ code: 'nothing-answers' })
})

describe('what the host publishes', () => {
  test('autoconfig fills what flags and default ports do not have, and never leads elsewhere', async () => {
    await using mail = await startFakeHost({ leaf, services: ['submissions'] })
    const server = (kind: string, type: string, name: string, port: number | undefined, socketType: string) =>
      `<${kind}Server type="${type}"><hostname>${name}</hostname><port>${port}</port><socketType>${socketType}</socketType></${kind}Server>`
    const config = [
      server('outgoing', 'smtp', 'chat.example', mail.ports.submissions, 'SSL'),
      server('incoming', 'imap', 'imap.elsewhere.example', 993, 'SSL'),
      server('incoming', 'imap', 'chat.example', 443, 'SSL'),
      server('incoming', 'imap', 'chat.example', 143, 'plain'),
    ].join('')
    const pages = {
      '/.well-known/autoconfig/mail/config-v1.1.xml': `<clientConfig><emailProvider id="x">${config}</emailProvider></clientConfig>`,
    }
    await using fake = await startFakeHost({ leaf, services: ['https', 'imap'], pages })
    const host = await discover('chat.example', { connect: fake.connect, resolve: ['chat.example=127.0.0.1'] })
    expect(host.endpoints.submissions?.port).toBe(mail.ports.submissions)
    const published = host.candidates.filter(({ origin }) => origin === 'autoconfig')
    expect(published.map(({ endpoint, outcome }) => [endpoint.service, endpoint.name, outcome])).toEqual([
      ['submissions', 'chat.example', 'answers'],
      ['imaps', 'imap.elsewhere.example', 'not-tried'],
      ['imaps', 'chat.example', 'not-tried'],
    ])
  })

  test('SRV records are asked when a mail service is missing at its default port', async () => {
    await using mail = await startFakeHost({ leaf, services: ['imaps'] })
    const srv = [0, 1, mail.ports.imaps ?? 0, 'chat.example'] as const
    await using dns = await startDnsServer({
      'chat.example': { A: ['127.0.0.1'] },
      '_imaps._tcp.chat.example': { SRV: [srv] },
      '_submissions._tcp.chat.example': { SRV: [[0, 0, 0, '']] },
    })
    const host = await discover('chat.example', { dns: dns.address, family: 4 })
    expect(host.endpoints.imaps).toMatchObject({ port: mail.ports.imaps, address: '127.0.0.1' })
    expect(host.candidates.filter(({ origin }) => origin === 'srv')).toHaveLength(1)
  })

  test('a wish not to be checked is honoured, but not against its operator', async () => {
    await using fake = await startFakeHost({ leaf, pages: { '/.well-known/chatmail-check.txt': 'check: no\n' } })
    const error = await failure(discover('chat.example', { connect: fake.connect, waitMs: 10_000 }))
    expect(error).toMatchObject({ code: 'opted-out', message: 'chat.example asks not to be checked' })
    const host = await discover('chat.example', { connect: fake.connect, iOperate: true })
    expect(Object.keys(host.endpoints)).toHaveLength(5)
  })

  test('a wish to be checked seldom is remembered', async () => {
    await using fake = await startFakeHost({
      leaf,
      pages: { '/.well-known/chatmail-check.txt': 'max: weekly\ncontact: ops@chat.example\n' },
    })
    const began = Date.now() - 1_000
    const host = await discover('chat.example', { connect: fake.connect })
    expect(host.notes).toContain('contact given by the host: ops@chat.example')
    const error = await failure(discover('chat.example', { connect: fake.connect }))
    expect(error).toMatchObject({
      code: 'too-soon',
      message: expect.stringMatching(/at most weekly; last time: 1 h ago/),
    })
    await discover('chat.example', { connect: fake.connect, iOperate: true })
    // One visit with several parts is one visit.
    await discover('chat.example', { connect: fake.connect, visitedSince: began })
    expect(
      await failure(discover('chat.example', { connect: fake.connect, visitedSince: Date.now() + 60_000 })),
    ).toMatchObject({ code: 'too-soon' })
  })
})
