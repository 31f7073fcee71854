import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Comparison, comparison as comparisonSchema } from '../../harness/result/comparison.ts'
import { conforming, failing } from '../../reports/golden/samples.ts'
import { runMain, type Surroundings } from '../test-main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compare-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (args: readonly string[], hear: Surroundings['hear'] = () => {}, env: Surroundings['env'] = {}) =>
  runMain(['compare', ...args], { cwd: folder, hear, env })

const read = (text: string): Comparison => comparisonSchema.parse(JSON.parse(text))
const cellsOf = ({ rows }: Comparison) =>
  rows.map(({ check, cells }) => [check, ...cells.map(({ verdict }) => verdict)]).sort()

const hosts = [
  '@reference:like=relay-1.12',
  '@reference:like=relay-1.9,defect=accepts-cleartext',
  '@reference:like=relay-2025-02',
  '@reference:like=madmail',
  '@reference',
]
const few = ['--only', 'encryption/refuses-cleartext', '--seed', '7', '--format', 'json']

describe('the comparison of five hosts', () => {
  it('shows where they differ, goes on after ^C without asking again, and ends as if it had not been stopped', async () => {
    const whole = await run([...hosts, ...few, '--work', 'whole'])
    expect(whole.exitCode).toBe(0)
    expect(whole.stderr).toMatch(/^5 hosts, one after the other, profile list: at most \d+ accounts, \d+ messages/)
    const wanted = read(whole.stdout)
    expect(wanted.hosts).toHaveLength(5)
    const [row] = wanted.rows
    expect(row).toMatchObject({ check: 'encryption/refuses-cleartext', differs: true })
    const failing = row?.cells.filter(({ verdict }) => verdict === 'fail').map(({ host }) => host)
    expect(failing).toContain('@reference:like=relay-1.9,defect=accepts-cleartext')
    // A choice of checks leads to no band.
    expect(wanted.hosts.map(({ bands }) => bands.conformance.band)).toEqual(hosts.map(() => 'not measured'))

    const cut = await run([...hosts, ...few, '--work', 'cut'], (text, press) => {
      if (text.includes('(3 of 5)')) press()
    })
    expect(cut.exitCode).toBe(130)
    expect(cut.stderr).toContain('The same command goes on from there')
    const summary = join(folder, 'summary.md')
    const again = await run([...hosts, ...few, '--work', 'cut'], undefined, {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
    })
    // The summary of the job says the same.
    expect(await readFile(summary, 'utf8')).toMatch(
      /^## Comparison of chatmail servers.*\n\n.*\n\n\*\*✗ Problems on 2 of 5 hosts/s,
    )
    expect(again.stderr.match(/done before/g)).toHaveLength(2)
    expect(cellsOf(read(again.stdout))).toEqual(cellsOf(wanted))
  }, 60_000)
})

describe('the mail between hosts', () => {
  it('goes both ways between every two, says its size first, and is not sent again after ^C', async () => {
    const three = ['a', 'b', 'c'].map((name) => `@reference:domain=${name}.test`)
    const matrix = [...three, ...few, '--matrix', 'full', '--work', 'matrix']
    const cut = await run(matrix, (text, press) => {
      if (text.includes('mail 4 of 6')) press()
    })
    expect(cut.stderr).toContain('Mail between them (full): 6 directions of 10, 60 messages')
    expect(cut.exitCode).toBe(130)
    const again = await run(matrix)
    expect([again.stderr.includes('mail 3 of 6'), again.stderr.includes('mail 4 of 6')]).toEqual([false, true])
    const { pairing } = read(again.stdout)
    expect(pairing).toMatchObject({ kind: 'full', complete: true, each: 10 })
    expect(new Set(pairing?.pairs.map(({ from, to }) => `${from} ${to}`)).size).toBe(6)
    for (const { samples, lost, reason } of pairing?.pairs ?? [])
      expect([samples.length + lost, reason]).toEqual([10, undefined])
    const sums = [pairing?.shares?.outbound, pairing?.shares?.inbound].map((side) =>
      side?.reduce((sum, { ms }) => sum + ms, 0),
    )
    for (const sum of sums) expect(Math.abs(sum ?? 1)).toBeLessThan(0.1)
  }, 60_000)
})

describe('a site for a public list', () => {
  it('has a page for each relay, leaves out who opted out, and flips no status by one run', async () => {
    const second = { ...failing, hosts: failing.hosts.map((host) => ({ ...host, label: 'bad.example' })) }
    const moved = {
      ...second,
      findings: failing.findings.map((finding) => ({ ...finding, host: 'bad.example' })),
      measurements: failing.measurements.map((item) => ({ ...item, host: 'bad.example' })),
    }
    const list = (result: typeof conforming, day: number) => ({
      ...result,
      profile: 'list/1',
      started: `2026-03-0${day}T12:00:00.000Z`,
    })
    const write = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))
    const site = (...more: string[]) => run(['good.json', 'bad.json', '--site', 'site', '--format', 'json', ...more])
    const bandOf = (text: string) => read(text).hosts.find(({ label }) => label === 'chat.example')?.status?.conformance

    await write('good.json', list(conforming, 1))
    await write('bad.json', list(moved, 1))
    expect(bandOf((await site()).stdout)).toMatchObject({ band: 'A', provisional: true })
    await write('good.json', list(failing, 3))
    expect(bandOf((await site()).stdout)).toMatchObject({ band: 'A', pending: 'not met' })
    await write('good.json', list(failing, 5))
    const third = await site()
    expect(bandOf(third.stdout)).toMatchObject({ band: 'not met', since: '2026-03-05T12:00:00.000Z' })
    expect(await readFile(join(folder, 'site', 'changes.atom'), 'utf8')).toContain('conformance A to not met')

    expect(await readdir(join(folder, 'site', 'relay', 'bad.example', 'cell'))).not.toEqual([])
    await write('notes.json', { 'bad.example': { optOut: 'asked to be left out' } })
    expect((await site('--notes', 'notes.json')).exitCode).toBe(0)
    expect(await readdir(join(folder, 'site', 'relay', 'bad.example', 'cell'))).toEqual([])
    const page = await readFile(join(folder, 'site', 'relay', 'bad.example', 'index.html'), 'utf8')
    expect(page).toContain('asked to be left out')
    expect(page).not.toContain('encryption/')
  })

  it.for([
    [[], 'nothing to compare'],
    [['good.json', 'good.json'], 'good.json is named twice'],
    [['nowhere.json'], 'cannot read nowhere.json'],
    [['--list', 'list.txt'], 'which is no host'],
    [['good.json', '--notes', 'odd.json'], '--notes: odd.json'],
    [['good.json', '--work', 'damaged'], 'is damaged, and is left as it is'],
    [['a.test', '--matrix', 'big'], 'unknown value of --matrix'],
    [['@reference', '@reference:variant=2', '--matrix', 'full'], 'two hosts have the mail domain chat.test'],
  ] as const)('exits 2 for %o and loses nothing', async ([args, message]) => {
    await writeFile(join(folder, 'good.json'), JSON.stringify(conforming))
    await writeFile(join(folder, 'list.txt'), 'a.test b.test\n')
    await writeFile(join(folder, 'odd.json'), '{"a.test":{"optout":true}}')
    const { mkdir } = await import('node:fs/promises')
    await mkdir(join(folder, 'damaged'), { recursive: true })
    await writeFile(join(folder, 'damaged', 'history.json'), '{"a')
    const { exitCode, stdout, stderr } = await run(args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(await readFile(join(folder, 'damaged', 'history.json'), 'utf8')).toBe('{"a')
  })
})
