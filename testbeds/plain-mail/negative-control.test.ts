// The negative control: chatmail-check as a user runs it, against an ordinary Postfix and Dovecot that nobody here wrote.
// It must name what is missing, pass what is right, and come to the same end each time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allChecks } from '../../harness/check/plan.ts'
import { type Result, result as resultSchema } from '../../harness/result/schema.ts'
import { suites } from '../../suites/index.ts'
import { expectedVerdicts, passedIdly, waitsFor } from './expected-verdicts.ts'
import { type PlainMail, startPlainMail, whyNoPlainMail } from './plain-mail.ts'

const launcher = path.resolve(import.meta.dirname, '../../bin/chatmail-check.js')
const why = await whyNoPlainMail()
if (why !== undefined) console.log(`skipped: ${why}`)

interface Run {
  readonly exitCode: number
  readonly seconds: number
  readonly result: Result
  readonly report: string
  readonly junit: string
}

async function start(): Promise<PlainMail> {
  const started = await startPlainMail()
  if ('skip' in started) throw new Error(started.skip)
  return started
}

async function check(server: PlainMail, folder: string, ...flags: readonly string[]): Promise<Run> {
  const out = await mkdtemp(path.join(folder, 'out-'))
  const places = Object.entries(server.ports).flatMap(([service, port]) => [
    '--connect',
    `${service}=${server.address}:${port}`,
  ])
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [
      ...[launcher, server.domain, '--resolve', `${server.domain}=${server.address}`, ...places],
      ...['--ca', server.caFile, '--accounts', server.accountsFile, '--no-color'],
      ...['--format', 'json,junit,terminal', '--out', out, ...flags],
    ],
    { stdio: 'ignore', env: { ...process.env, XDG_STATE_HOME: path.join(folder, 'state') } },
  )
  const [exitCode] = await once(child, 'exit')
  const read = (name: string) => readFile(path.join(out, name), 'utf8')
  return {
    exitCode,
    seconds: (performance.now() - started) / 1000,
    result: resultSchema.parse(JSON.parse(await read('result.json'))),
    report: await read('report.txt'),
    junit: await read('junit.xml'),
  }
}

/** What the table says of the checks that the run was asked for. */
function expectedOf({ findings }: Result): Record<string, string> {
  const asked = new Set(findings.filter(isAsked).map(checkOf))
  return Object.fromEntries(Object.entries(expectedVerdicts).filter(([check]) => asked.has(check)))
}

function verdictsOf({ findings }: Result): Record<string, string> {
  return Object.fromEntries(findings.filter(isAsked).map((finding) => [finding.check, finding.verdict]))
}

/** Nobody has power over this server: what needs one is left out of the table, and seen to by a test of its own. */
const isAsked = ({ skipped }: Result['findings'][number]): boolean =>
  skipped === undefined || !['profile', 'consent', 'power'].includes(skipped)

const checkOf = ({ check }: { check: string }): string => check

/** Messages in the INBOXes of all accounts, straight from the disk. */
function messagesLeft(server: PlainMail): readonly string[] {
  const mail = path.join(server.folder, 'mail')
  return readdirSync(mail).flatMap((person) =>
    ['new', 'cur'].flatMap((part) => {
      const folder = path.join(mail, person, 'Maildir', part)
      return existsSync(folder) ? readdirSync(folder).map((file) => path.join(folder, file)) : []
    }),
  )
}

describe.skipIf(why !== undefined)('an ordinary mail server', () => {
  let server: PlainMail
  let folder: string
  let first: Run

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'negative-control-'))
    server = await start()
    first = await check(server, folder)
  }, 180_000)

  afterAll(async () => {
    await server?.close()
    if (folder) await rm(folder, { recursive: true })
  }, 60_000)

  test('is checked in time, to the end, and without an error of ours', () => {
    expect(first.result.findings.filter(({ verdict }) => verdict === 'error')).toEqual([])
    expect(first.result.complete).toBe(true)
    expect(first.result.gate).toMatchObject({ exitCode: 1, verdict: 'fails' })
    expect(first.exitCode).toBe(1)
    expect(first.seconds).toBeLessThan(60)
  })

  test('gets for each check the verdict that is true of it', () => {
    expect(verdictsOf(first.result)).toEqual(expectedOf(first.result))
  })

  test('is not asked what only a second domain, a push service or a clock could tell', () => {
    const powerless = first.result.findings.filter(({ skipped }) => skipped === 'power')
    const areas = new Set(powerless.map(({ area }) => area))
    for (const area of areas) expect(['federation', 'inbound', 'push', 'retention']).toContain(area)
  })

  test('is told what is missing, in each report', () => {
    for (const check of [
      'onboarding/new-proposes-credentials',
      'encryption/refuses-cleartext',
      'sender/refuses-other-local-user',
      'imap/advertises-xchatmail',
      'privacy/hides-client-address',
    ]) {
      expect(first.report).toContain(`PROBLEM  ${check}`)
      expect(first.junit).toContain(check)
    }
    expect(first.report).toContain('REMARK  privacy/removes-received')
    expect(first.report).toContain('METADATA is not in the capability list')
  })

  test('is told, of each check left undecided, which failed one it waits for', () => {
    const undecided = first.result.findings.filter(({ verdict }) => verdict === 'inconclusive')
    for (const { check, reason } of undecided) expect(reason, check).toContain(`(see ${waitsFor[check]})`)
  })

  test('looks like what it is, and gets the fix for that', () => {
    expect(first.result.hosts[0]?.implementation).toMatchObject({ name: 'postfix-dovecot', confidence: 'likely' })
    const fixOf = (id: string) => first.result.findings.find(({ check }) => check === id)?.fix
    expect(fixOf('sender/refuses-other-local-user')).toMatch(/^Postfix does not look at the From header/)
  })

  test('gets no account and keeps no message', () => {
    expect(first.result.hosts[0]?.spent).toMatchObject({ freshAccounts: 0, reusedAccounts: 6 })
    expect(messagesLeft(server)).toEqual([])
  })

  // These two take long, mostly by waiting: each on its own server, at the same time.
  test.concurrent('gets the same answer a second time', async ({ expect }) => {
    const second = await check(server, folder)
    expect(verdictsOf(second.result)).toEqual(verdictsOf(first.result))
    expect(second.seconds).toBeLessThan(60)
  }, 120_000)

  test.concurrent('gets true verdicts in the profile list too, disturbing checks included', async ({ expect }) => {
    const other = await start()
    try {
      const run = await check(other, folder, '--profile', 'list', '--i-operate', other.domain)
      expect(verdictsOf(run.result)).toEqual(expectedVerdicts)
      expect(run.exitCode).toBe(1)
      expect(messagesLeft(other)).toEqual([])
    } finally {
      await other.close()
    }
  }, 240_000)
})

test('the table of verdicts names checks that there are', () => {
  const known = new Set(suites.flatMap((suite) => allChecks([suite])).map(({ id }) => id))
  expect(Object.keys(expectedVerdicts).filter((check) => !known.has(check))).toEqual([])
  expect(passedIdly.filter((check) => expectedVerdicts[check] !== 'pass')).toEqual([])
})
