// What a run does to a host that is not ours: whom it writes to, what it leaves behind, how it names itself.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announceBudget } from '../bin/check/announce.ts'
import { tellRemaining } from '../bin/check/remaining.ts'
import { requirements } from '../catalogue/index.ts'
import { runChecks } from '../harness/check/run.ts'
import { profileBudgets } from '../harness/host/defaults.ts'
import type { Host } from '../harness/host/host.ts'
import type { Result } from '../harness/result/schema.ts'
import { type Reference, startReference } from '../reference-server/index.ts'
import { suites } from '../suites/index.ts'

const selection = { profile: 'quick', only: [], skip: [], costs: [], iOperate: false, jobs: 4 } as const

function run(host: Host, only: readonly string[] = []): Promise<Result> {
  return runChecks({
    hosts: [host],
    suites,
    catalogue: requirements,
    selection: { ...selection, only },
    seed: 5,
    failOn: 'must',
    requireComplete: false,
    knownFailing: [],
    evidence: 'all',
    interrupt: new AbortController().signal,
    toolVersion: '1.2.3',
    reference: true,
    options: {},
  })
}

describe('a quick run on a host that is not ours', { timeout: 90_000 }, () => {
  let reference: Reference
  let result: Result
  /** With the budget of a host that is not ours. */
  const host = () => ({ ...reference.host(), budget: profileBudgets.quick })
  beforeAll(async () => {
    reference = await startReference()
    result = await run(host())
  }, 90_000)
  afterAll(() => reference.close())

  it('writes to accounts of its own and to names that lead nowhere', () => {
    const said = result.findings.flatMap(({ evidence }) => evidence).filter(({ direction }) => direction === '>')
    const recipients = said.flatMap(({ text }) => /^RCPT TO:<(.*)>/i.exec(text)?.[1] ?? [])
    expect(recipients.length).toBeGreaterThan(20)
    const strangers = recipients.filter((address) => !/@(chat\.test|([\w-]+\.)*invalid)$/i.test(address))
    expect(strangers).toEqual([])
  })

  it('makes no more accounts and messages than it announced', () => {
    const line = announceBudget(host(), suites, selection, {}, 'quick')
    const [accounts, messages] = [/at most (\d+) accounts?/, /(\d+) messages/].map((pattern) =>
      Number(pattern.exec(line)?.[1]),
    )
    const { spent } = result.hosts[0] ?? expect.unreachable()
    expect(accounts).toBeLessThanOrEqual(10)
    expect(messages).toBeLessThanOrEqual(60)
    expect(spent.freshAccounts).toBeLessThanOrEqual(accounts ?? 0)
    expect(spent.messages).toBeLessThanOrEqual(2 * (messages ?? 0))
    expect(reference.accounts.list().length).toBeLessThanOrEqual(accounts ?? 0)
  })

  it('names its accounts so that operators can tell them apart, but for a few that give the speed', () => {
    const names = reference.accounts.list().map(({ address }) => address.split('@')[0] ?? '')
    const ordinary = names.filter((name) => !/^ci-[a-z0-9]{6}$/.test(name))
    // Beside the two for the speed, what /new itself proposes, and names in the way of apps.
    expect(ordinary.length).toBeLessThanOrEqual(4)
    expect(names.length - ordinary.length).toBeGreaterThan(ordinary.length)
  })

  it('leaves no message behind', () => {
    const left = reference.accounts.list().flatMap(({ store }) => store.inbox.messages)
    expect(left.length).toBe(0)
  })
})

it('says who it is: by IMAP ID', async () => {
  await using reference = await startReference()
  let heard = ''
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('* OK [CAPABILITY IMAP4rev1 ID] ready\r\n')
    socket.on('data', (chunk) => {
      heard += chunk
      const tag = /^(\S+) ID /m.exec(chunk.toString())?.[1]
      if (tag) socket.end(`* ID NIL\r\n${tag} OK\r\n`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const host = reference.host()
  const imaps = { service: 'imaps', security: 'none', name: 'chat.test', address: '127.0.0.1', port } as const
  await run({ ...host, endpoints: { ...host.endpoints, imaps } }, ['privacy/tells-no-software-version'])
  expect(heard).toContain('ID ("name" "chatmail-check" "version" "1.2.3")')
  await new Promise((resolve) => server.close(resolve))
})

it('says how many accounts stay, and until when', async () => {
  await using reference = await startReference()
  const folder = await mkdtemp(join(tmpdir(), 'accounts-'))
  try {
    const host = reference.host()
    const told: string[] = []
    const tell = (policy = host.policy) =>
      tellRemaining({ ...host, policy, accounts: { ...host.accounts, folder } }, (text) => told.push(text))
    await tell()
    expect(told).toEqual([])
    await writeFile(join(folder, 'ci-aaaaaa.json'), '{}')
    await writeFile(join(folder, 'ci-bbbbbb.json'), '{}')
    await tell({ ...host.policy, idleAccountDays: { value: 30, from: 'declared' } })
    expect(told[0]).toContain('2 accounts remain on @reference')
    expect(told[0]).toContain('The relay removes them after 30 days without login (as its policy declares).')
  } finally {
    await rm(folder, { recursive: true })
  }
})
