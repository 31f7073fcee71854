// chatmail-check as a user runs it, on real relays of Postfix, Dovecot, OpenDKIM, nginx and coturn: it must find nothing to blame,
// leave nothing undecided, and name the setting that is broken.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '../../harness/result/schema.ts'
import { brokenSettings, tryBrokenSetting } from './broken-settings.ts'
import { expectedTroubles } from './expected-verdicts.ts'
import { runScript, startTestbed, type Testbed, whyNoTestbed } from './testbed.ts'

const why = await whyNoTestbed()
if (why !== undefined) console.log(`skipped: ${why}`)

/** Nobody gives power over these relays, and other profiles are not asked for. */
const isAsked = ({ skipped }: Result['findings'][number]): boolean =>
  skipped === undefined || !['profile', 'consent', 'power'].includes(skipped)

/** All verdicts but pass, by check. */
function troublesOf({ findings }: Result): Record<string, string> {
  const asked = findings.filter((finding) => isAsked(finding) && finding.verdict !== 'pass')
  return Object.fromEntries(asked.map(({ check, verdict }) => [check, verdict]))
}

/** What is expected of the checks that the run was asked for. */
function expectedOf({ findings }: Result): Record<string, string> {
  const asked = new Set(findings.filter(isAsked).map(({ check }) => check))
  return Object.fromEntries(Object.entries(expectedTroubles).filter(([check]) => asked.has(check)))
}

describe.skipIf(why !== undefined)('on two chatmail relays of real parts', () => {
  let testbed: Testbed
  beforeAll(async () => {
    testbed = await startTestbed()
  }, 90_000)
  afterAll(() => testbed?.close(), 30_000)

  test('nothing is blamed and nothing left undecided, in 45 seconds', async () => {
    const { exitCode, result, seconds } = await testbed.check('chat-a.test')
    expect(troublesOf(result)).toEqual(expectedOf(result))
    expect(exitCode).toBe(0)
    expect(seconds).toBeLessThan(45)
  }, 120_000)

  test('mail goes both ways between them', async () => {
    const { exitCode, result } = await testbed.check(
      ...['chat-a.test', 'chat-b.test', '--profile', 'full', '--only', 'deltachat/carries-file-across'],
    )
    expect(troublesOf(result)).toEqual({})
    expect(result.findings.map(({ check }) => check).sort()).toEqual([
      'deltachat/carries-file-across@chat-a.test>chat-b.test',
      'deltachat/carries-file-across@chat-b.test>chat-a.test',
    ])
    expect(exitCode).toBe(0)
  }, 120_000)

  test('mail goes both ways between one of them and the reference server', async () => {
    const script = path.join(import.meta.dirname, 'beside-reference.sh')
    const ended = await testbed.enter('bash', script, process.execPath, path.join(testbed.folder, 'ca.pem'))
    expect(ended, ended.stderr).toMatchObject({ code: 0 })
    const { findings } = JSON.parse(ended.stdout) as Result
    expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual(
      ['chat-a.test>_peer.test', '_peer.test>chat-a.test'].map((way) => [
        `deltachat/carries-file-across@${way}`,
        'pass',
      ]),
    )
  }, 120_000)

  test.for(['cleartext-out', 'received-kept', 'open-relay', 'autoconfig-dead-port'])(
    'a broken setting is named, and nothing else: %s',
    { timeout: 60_000 },
    async (name) => {
      const setting = brokenSettings[name]
      if (!setting) throw new Error(`${name} is no broken setting`)
      expect(await tryBrokenSetting(testbed, setting)).toEqual(setting.expected)
    },
  )

  test('a mail domain of ours beside it is treated as promised, in both directions', async () => {
    const areas = ['inbound', 'federation'].flatMap((area) => ['--only', `${area}/**`])
    const { exitCode, result } = await testbed.checkWithPeer('chat-a.test', '--profile', 'list', ...areas)
    expect(troublesOf(result)).toEqual(expectedOf(result))
    expect(result.findings.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(80)
    expect(exitCode).toBe(0)
  }, 120_000)

  const retention = ['chat-a.test', '--profile', 'list', '--only', 'retention/*']

  test('mail that one run plants is judged by another one', async () => {
    const planted = await testbed.check(...retention)
    const waiting = planted.result.findings.filter(({ skipped }) => skipped === 'later')
    expect(waiting.map(({ check }) => check)).toHaveLength(5)
    const { result } = await testbed.check(...retention, ...testbed.expiryOf('a'))
    const told = new Map(result.findings.map(({ check, verdict }) => [check, verdict]))
    expect(waiting.map(({ check }) => told.get(check))).toEqual(Array(5).fill('pass'))
    expect(troublesOf(result)).toEqual({})
  }, 60_000)

  test('a relay of seven days is judged by the days that its file declares', async () => {
    await testbed.restart('a', { settings: { delete_mails_after: 7, delete_large_after: 3 } })
    const policy = ['--policy', path.join(testbed.folder, 'a/relay.ini')]
    const { result } = await testbed.check(...retention, '--fresh', ...policy, ...testbed.expiryOf('a'))
    expect(troublesOf(result)).toEqual({})
    expect(result.findings.filter(({ verdict }) => verdict === 'pass')).toHaveLength(11)
  }, 60_000)

  test('the trace names the stage in which the filter is slow, beside what the logs of the relay say', async () => {
    await testbed.restart('a', { settings: { delay_data_seconds: 2 } })
    const log = (name: string) => ['--server-log', `tail -n 0 -F ${testbed.folder}/a/log/${name}.log`]
    const { code, stdout, stderr } = await testbed.chatmailCheck(
      ...['trace', 'chat-a.test', '--count', '3', '--no-idle', '--no-color', ...log('postfix'), ...log('dovecot')],
    )
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(stdout.split('\n')[2]).toMatch(/^ {2}SLOW {2}DATA \(after RCPT, until 354\): p50 2(\.\d)? s,/)
    expect(stdout.replace(/\s+/g, ' ')).toContain('Dovecot, if that is what serves the reader, waits 500 ms')
    // Postfix counts from MAIL on: the two seconds are before its queue.
    expect(stdout.match(/^ +postfix\/lmtp +a 2\.\ds /gm)).toHaveLength(3)
    expect(stdout.match(/^ +dovecot lmtp .*saved mail to INBOX$/gm)).toHaveLength(3)
  }, 60_000)

  test('mail goes when it is as old as the relay says, and not before', async () => {
    const days = (count: number) => new Date(Date.now() - count * 86_400_000)
    const folder = path.join(testbed.folder, 'a/mail/old-files')
    const touch = async (name: string, age: number, size = 10) => {
      const file = path.join(folder, name)
      await writeFile(file, Buffer.alloc(size))
      await utimes(file, days(age), days(age))
      return file
    }
    for (const part of ['cur', 'new']) await mkdir(path.join(folder, part), { recursive: true })
    const gone = [await touch('cur/old', 21), await touch('new/old', 21), await touch('cur/large', 8, 300_000)]
    const kept = [
      await touch('cur/young', 19),
      await touch('new/large', 8, 300_000),
      await touch('cur/new', 6, 300_000),
    ]
    expect(await runScript('expire', testbed.folder, 'a')).toMatchObject({ code: 0, stderr: '' })
    expect(gone.filter(existsSync)).toEqual([])
    expect(kept.filter((file) => !existsSync(file))).toEqual([])
  })
})

describe.skipIf(why !== undefined)('chatmail.sh', () => {
  test('takes down no folder that it did not make, and does not come up in one that is used', async () => {
    const strange = await mkdtemp(path.join(tmpdir(), 'chatmail-strange-'))
    await writeFile(path.join(strange, 'keep'), '')
    expect((await runScript('down', strange)).code).toBe(1)
    expect((await runScript('up', strange)).code).toBe(1)
    expect(existsSync(path.join(strange, 'keep'))).toBe(true)
    await rm(strange, { recursive: true })
  })

  const unused = path.join(tmpdir(), 'chatmail-unused')
  test.for([[], ['sideways'], ['up'], ['up', `${unused} b`], ['up', unused, 'quota'], ['restart', unused, 'c']])(
    'answers wrong usage with 2: %j',
    async (args) => {
      expect((await runScript(...args)).code).toBe(2)
      expect(existsSync(unused)).toBe(false)
    },
  )

  test('says so when nothing runs', async () => {
    expect((await runScript('enter', unused, 'true')).code).toBe(3)
    expect(existsSync(unused)).toBe(false)
  })
})
