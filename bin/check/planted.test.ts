// Mail that one run of the command line plants, and the next one judges: against a server in a process of its own, which it knows
// by addresses alone, and whose clock is moved in between.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readResult } from '../../reports/json.ts'
import { startServe } from '../serve/test-process.ts'
import { runMain } from '../test-main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'planted-'))
  await writeFile(join(folder, 'seven.json'), '{"retentionDays": 7, "largeRetentionDays": 3}')
})
afterAll(() => rm(folder, { recursive: true }))

const day = 86_400

async function openScene(name: string) {
  const served = await startServe('--control', '127.0.0.1:0')
  const { record } = served
  const { url = '', token = '' } = record.control ?? {}
  const state = join(folder, name)
  const services = ['imaps', 'imap', 'submissions', 'submission', 'https', 'http', 'smtp'] as const
  const connects = services.flatMap((one) => ['--connect', `${one}=127.0.0.1:${record.ports[one]}`])
  await writeFile(join(folder, `${name}.pem`), record.ca)
  const target = ['chat.test', ...connects, '--ca', `${name}.pem`]
  const only = ['--only', 'retention/*backdated*', '--only', 'retention/mail-stays-for', '--format', 'json', '--quiet']
  return {
    state,
    ask: async (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${token}` }
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const { ok, status } = await fetch(`${url}${path}`, { method, headers, ...sent })
      if (!ok) throw new Error(`${method} ${path}: ${status}`)
    },
    expire: `curl -sS --fail -X POST -H 'Authorization: Bearer ${token}' ${url}/expire`,
    async run(...flags: readonly string[]) {
      const args = [...target, ...only, ...flags]
      const { exitCode, stdout, stderr } = await runMain(args, { cwd: folder, state })
      if (stdout === '') throw new Error(stderr)
      const { findings, observations } = readResult(stdout)
      return {
        exitCode,
        verdicts: findings.map(({ check, verdict }) => `${check.replace('retention/', '')} ${verdict}`),
        reasons: [...new Set(findings.flatMap(({ reason = [] }) => reason))],
        notes: [...new Set(findings.flatMap(({ notes }) => notes))],
        window: observations[0]?.value,
      }
    },
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  }
}

const all = (verdict: string) => [
  `deletes-backdated-mail ${verdict}`,
  `deletes-backdated-mail-in-every-mailbox ${verdict}`,
  `keeps-backdated-mail ${verdict}`,
  `deletes-backdated-large-mail-sooner ${verdict}`,
  `keeps-backdated-large-mail ${verdict}`,
]

describe('planted mail', { timeout: 60_000 }, () => {
  it('is judged by a later run, and its window gets narrower with every look', async () => {
    await using scene = await openScene('twenty')
    const first = await scene.run()
    expect([first.verdicts, first.window]).toEqual([all('skipped'), undefined])
    expect(first.reasons).toEqual([
      expect.stringMatching(
        /^old mail is planted: run again after 2 days \(from \d{4}-\d\d-\d\d \d\d:\d\d UTC\) to know$/,
      ),
    ])
    const [file = ''] = await readdir(join(scene.state, 'chatmail-check', 'planted'))
    expect((await stat(join(scene.state, 'chatmail-check', 'planted', file))).mode & 0o777).toBe(0o600)
    // A second run on the same day plants nothing, and knows nothing more.
    expect((await scene.run()).verdicts).toEqual(all('skipped'))
    await scene.ask('POST', '/clock', { advance: 1.5 * day })
    const second = await scene.run()
    expect([second.exitCode, second.verdicts]).toEqual([0, all('pass')])
    // It depends on the time of day whether the job has come between.
    const [from = 0, to = 0] = /^([\d.]+) to ([\d.]+) days$/.exec(String(second.window))?.slice(1).map(Number) ?? []
    expect([from >= 10 && from < 20, to >= 20 && to < 24]).toEqual([true, true])
    expect(second.notes).toContain(`mail stays for ${second.window}, promised 20`)
    await scene.ask('POST', '/clock', { advance: 3 * day })
    expect((await scene.run()).verdicts).toEqual(all('pass'))
  })

  it('is held against what the operator declares', async () => {
    await using scene = await openScene('seven')
    await scene.ask('PUT', '/behaviour', { overrides: { retention: { messageDays: 7, largeDays: 3 } } })
    expect((await scene.run('--policy', 'seven.json')).verdicts).toEqual(all('skipped'))
    await scene.ask('POST', '/clock', { advance: 3 * day })
    expect(await scene.run('--policy', 'seven.json')).toMatchObject({ exitCode: 0, verdicts: all('pass') })
  })

  // Late enough for a server that counts from the day of filing.
  it.for([
    ['keeps-mail-for-good', 'deletes-backdated-mail', 'gone', 22.1],
    ['cleans-inbox-only', 'deletes-backdated-mail-in-every-mailbox', 'gone', 22.1],
    ['deletes-mail-too-soon', 'keeps-backdated-mail', 'still there', 2.5],
    ['keeps-large-mail-as-long', 'deletes-backdated-large-mail-sooner', 'gone', 9.1],
    ['deletes-large-mail-too-soon', 'keeps-backdated-large-mail', 'still there', 2.5],
  ] as const)('shows that a server %s', async ([defect, failing, wanted, days]) => {
    await using scene = await openScene(defect)
    await scene.ask('PUT', '/behaviour', { defects: [defect] })
    expect((await scene.run()).verdicts).toEqual(all('skipped'))
    await scene.ask('POST', '/clock', { advance: days * day })
    const { verdicts, reasons, notes } = await scene.run()
    expect(verdicts.filter((line) => line.endsWith(' fail'))).toEqual([`${failing} fail`])
    expect(reasons.some((reason) => reason.includes(`wanted "${wanted}"`))).toBe(true)
    expect(notes.join()).toMatch(/<\S+> in \S+, dated .* UTC, filed on .* UTC: (gone|there) on /)
  })

  it('is not held against a server that counts the days from filing', async () => {
    await using scene = await openScene('arrival')
    await scene.ask('PUT', '/behaviour', { overrides: { retention: { age: 'arrival' } } })
    await scene.run()
    await scene.ask('POST', '/clock', { advance: 3 * day })
    const { exitCode, verdicts, reasons } = await scene.run()
    expect([exitCode, verdicts.filter((line) => line.endsWith(' fail'))]).toEqual([0, []])
    expect(verdicts.filter((line) => line.endsWith(' skipped'))).toHaveLength(3)
    expect(reasons).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^mail with an old date is still there, as on a server that counts from the day of filing: run again from \S+ \S+ UTC on to know$/,
        ),
      ]),
    )
    await scene.ask('POST', '/clock', { advance: 16 * day })
    await scene.run()
    await scene.ask('POST', '/clock', { advance: 3 * day })
    const last = await scene.run()
    expect([last.exitCode, last.verdicts]).toEqual([0, all('pass')])
    expect(last.window).toMatch(/^1[78](\.\d)? to 22(\.\d)? days from the day of filing$/)
  })

  it('is not missed when its account was removed in the meantime', async () => {
    await using scene = await openScene('idle')
    await scene.run()
    await scene.ask('POST', '/clock', { advance: 100 * day })
    const { verdicts, notes } = await scene.run()
    expect(verdicts).toEqual(all('skipped'))
    expect(notes).toContain('the account with the planted mail was removed in the meantime, and its mail with it')
    await scene.ask('POST', '/clock', { advance: 3 * day })
    expect((await scene.run()).verdicts).toEqual(all('pass'))
  })

  it('is not given up when its account cannot log in for a while', async () => {
    await using scene = await openScene('away')
    await scene.run()
    const refusal = {
      at: 'imap:login',
      kind: 'reply',
      text: 'NO [UNAVAILABLE] Temporary authentication failure',
      times: 2,
    }
    await scene.ask('POST', '/faults', refusal)
    const { verdicts, reasons } = await scene.run()
    expect([verdicts, reasons]).toEqual([all('inconclusive'), [expect.stringContaining('cannot log in now')]])
    await scene.ask('DELETE', '/faults')
    await scene.ask('POST', '/clock', { advance: 3 * day })
    expect((await scene.run()).verdicts).toEqual(all('pass'))
  })

  it('is judged at once where the operator has a command for the clean-up', async () => {
    await using scene = await openScene('expire')
    const operator = ['--i-operate', 'chat.test', '--expire-command']
    expect(await scene.run(...operator, scene.expire)).toMatchObject({ verdicts: all('pass'), window: '19 to 22 days' })
    const { verdicts, reasons } = await scene.run(...operator, 'echo no such job >&2; exit 3')
    expect([verdicts, reasons]).toEqual([all('inconclusive'), ['--expire-command ended with 3: no such job']])
  })
})
