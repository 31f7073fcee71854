// The export and merge commands as a user has them: the folder, what is refused, and results of two machines made into one.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Result } from '../../harness/result/schema.ts'
import { type Reference, startReference } from '../../reference-server/index.ts'
import { readResult } from '../../reports/json.ts'
import { runMain } from '../test-main.ts'

let folder = ''
let reference: Reference
let reach: readonly string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-export-'))
  reference = await startReference()
  const { endpoints, trust } = reference.host()
  await writeFile(join(folder, 'ca.pem'), (trust.ca ?? []).join('\n'))
  const at = (service: 'imaps' | 'submissions') => `${service}=127.0.0.1:${endpoints[service]?.port}`
  reach = ['--connect', at('imaps'), '--connect', at('submissions'), '--ca', 'ca.pem']
})
afterAll(async () => {
  await reference.close()
  await rm(folder, { recursive: true })
})

const run = (...args: readonly string[]) => runWith('state', args)

/** `state`: of this machine. */
const runWith = (state: string, args: readonly string[]) =>
  runMain(['load', ...args], { cwd: folder, state: join(folder, state) })

const file = (...path: readonly string[]) => readFile(join(folder, ...path), 'utf8')

describe('chatmail-check load export', () => {
  it('writes a folder for k6 that nobody else can read, and never writes over one', { timeout: 60_000 }, async () => {
    const order = [
      '--rate',
      '20',
      '--duration',
      '90s',
      '-e',
      'MESSAGES=4',
      '--threshold',
      'delivery_duration:p(90)<700',
    ]
    const { exitCode, stderr } = await run('export', 'steady', 'chat.test', ...reach, ...order, '--k6', 'out')
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('out is ready for k6: README.md says how. It holds passwords'),
    ])
    expect((await readdir(join(folder, 'out'))).sort()).toEqual([
      'Containerfile',
      'README.md',
      'assets.json',
      'ca.pem',
      'script.js',
      'testrun.yaml',
    ])
    expect((await stat(join(folder, 'out', 'assets.json'))).mode & 0o777).toBe(0o600)
    const settings = /^var settings = (.*);$/m.exec(await file('out', 'script.js'))?.[1] ?? ''
    const { options, env } = JSON.parse(settings)
    expect(options.scenarios.steady).toMatchObject({ rate: 20, duration: '90000ms', timeUnit: '4000ms', maxVUs: 60 })
    expect(options.thresholds).toMatchObject({ delivery_duration: ['p(90)<700'], messages_received: ['count>0'] })
    expect(env).toEqual({ MESSAGES: '4' })
    const assets = JSON.parse(await file('out', 'assets.json'))
    expect(assets.accounts.length).toBe(120)
    const readme = await file('out', 'README.md')
    expect(readme).toContain('SSL_CERT_FILE=ca.pem ./k6 run script.js')
    // Passwords are in one file, and in no other.
    const [{ password }] = assets.accounts
    for (const name of ['script.js', 'README.md', 'testrun.yaml', 'Containerfile']) {
      expect(await file('out', name)).not.toContain(password)
    }
    const again = await run('export', 'steady', 'chat.test', ...reach, '--k6', 'out')
    expect(again.exitCode).toBe(2)
    expect(again.stderr).toContain('out is not empty, and stays as it is')
    expect(JSON.parse(await file('out', 'assets.json')).accounts[0].password).toBe(password)
  })

  it.for([
    [['smoke'], 'the built-in server ends with this command'],
    [['smoke', '@reference'], 'the built-in server ends with this command'],
    [['smoke', '[192.0.2.1]'], "gets load only with its operator's word"],
    [['smoke', 'chat.test', '--trust-presented', '--rate', '5'], '--rate has no place in this scenario'],
  ] as const)('exits with 2 for %o, and leaves no folder', { timeout: 30_000 }, async ([args, message]) => {
    const own = args.includes('chat.test' as never) ? reach.slice(0, 4) : []
    const { exitCode, stderr } = await run('export', ...args, ...own, '--k6', 'none')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
    await expect(stat(join(folder, 'none'))).rejects.toThrow('ENOENT')
  })

  it('says what k6 cannot do', { timeout: 30_000 }, async () => {
    const { endpoints } = reference.host()
    const late = ['--connect', `imap=127.0.0.1:${endpoints.imap?.port}`, ...reach.slice(2)]
    const { exitCode, stderr } = await run('export', 'smoke', 'chat.test', ...late, '--k6', 'none')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('k6 cannot change to TLS under way')])
  })
})

const accounts = ({ hosts: [host] }: Result) => (host?.spent.freshAccounts ?? 0) + (host?.spent.reusedAccounts ?? 0)

describe('chatmail-check load merge', () => {
  it('makes one result of two that shared a run', { timeout: 90_000 }, async () => {
    const order = ['--rate', '4', '--duration', '3s', '-e', 'MESSAGES=2', '-e', 'EVERY=500', '--format', 'json']
    const shares = ['0:1/2', '1/2:1']
    const share = (segment: string, at: number) =>
      runWith(`state${at}`, ['steady', 'chat.test', ...reach, ...order, '--segment', segment, '--out', `part${at}`])
    await Promise.all(shares.map(share))
    const parts = await Promise.all([0, 1].map(async (at) => readResult(await file(`part${at}`, 'result.json'))))
    const files = ['part0/result.json', 'part1/result.json']
    const merged = await run('merge', ...files, '--format', 'terminal,json', '--out', 'both')
    const { load, gate, hosts } = readResult(await file('both', 'result.json'))
    const counts = (name: string) => parts.map((part) => part.load?.metrics[name]?.values.count ?? 0)
    expect(counts('messages_due').every((count) => count > 0)).toBe(true)
    const whole = (name: string) => counts(name).reduce((a, b) => a + b)
    for (const name of ['iterations', 'messages_due', 'messages_sent', 'messages_received', 'delivery_duration']) {
      expect(load?.metrics[name]?.values.count, name).toBe(whole(name))
    }
    expect(load?.merged?.map(({ segment }) => segment)).toEqual(shares)
    expect(hosts[0]?.spent.messages).toBe(whole('messages_sent'))
    // Each machine has accounts for its own virtual users alone.
    for (const part of parts) expect(accounts(part)).toBe(2 * (part.load?.virtualUsers ?? 0))
    // They may have begun apart, or late, on a busy machine: merge.test.ts has the verdicts.
    expect([0, 99, 120]).toContain(merged.exitCode)
    expect(merged.exitCode).toBe(gate.exitCode)
    expect(merged.stdout).toContain(`${whole('messages_due')} messages due, ${whole('messages_sent')} taken`)
    const twice = await run('merge', files[0] ?? '', files[0] ?? '')
    expect([twice.exitCode, twice.stderr]).toEqual([2, expect.stringContaining('of the same run')])
    const without = await run('merge', files[0] ?? '', 'ca.pem')
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('ca.pem is not a result')])
  })

  it('says that a summary of k6 cannot be merged', async () => {
    await mkdir(join(folder, 'k6'), { recursive: true })
    await writeFile(join(folder, 'k6', 'summary.json'), '{"metrics":{"iterations":{"count":1}}}')
    const { exitCode, stderr } = await run('merge', 'k6/summary.json', 'k6/summary.json')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('a summary of k6 has no samples')])
  })
})
