import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readResult } from '../reports/json.ts'
import { commandNames } from './commands/names.ts'
import { runMain, type Surroundings } from './test-main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (args: readonly string[], hear: Surroundings['hear'] = () => {}, isTTY = false) =>
  runMain(args, { cwd: folder, hear, isTTY })

describe('the command line', () => {
  it('knows the names of its commands where one is mistyped', async () => {
    const { stdout } = await run(['--help'])
    const commands = stdout.slice(stdout.indexOf('Commands:'), stdout.indexOf('HOST is'))
    const listed = [...commands.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name]) => name)
    expect([...commandNames].sort()).toEqual(listed.sort())
  })

  it.for([
    [
      ['--only', 'encryption/refuse-cleartext'],
      '--only: "encryption/refuse-cleartext" matches no check',
      'did you mean encryption/refuses-cleartext?',
    ],
    [['--skip', 'encrypton/*'], '--skip: "encrypton/*" matches no check', 'did you mean encryption/*?'],
    [['@reference:defect=accepts-cleartxt'], 'unknown defect "accepts-cleartxt"', 'did you mean accepts-cleartext'],
    [['@reference:like=relay-1.8'], 'unknown preset "relay-1.8"', 'did you mean relay-1.9'],
    [['--fail-on', 'musst'], 'unknown value of --fail-on "musst"', 'did you mean must?'],
    [['explain', 'encryption.refuses-cleartex'], 'unknown id', 'did you mean encryption.refuses-cleartext?'],
    [['list', 'check'], 'unknown topic "check"', 'did you mean checks?'],
    [['lst'], '"lst" is neither a command nor a domain', 'did you mean the command list?'],
    [['a.test', 'a.test'], 'a.test is named twice', ''],
    [['--known-failing', 'nowhere'], '--known-failing: cannot read nowhere: there is no such file', ''],
    [['--public', '--withhold-until', '2026-02-30'], '--withhold-until: "2026-02-30" is not a date', ''],
    [['--withhold-until', '2026-03-01'], '--withhold-until is about public reports', '--public'],
    [['report', 'nowhere.json'], 'cannot read nowhere.json', ''],
    [['chat.test', '--cost', 'intrusive'], 'chat.test is not named as one', '--i-operate chat.test'],
  ] as const)('exits 2 with a hint for %o', async ([args, message, hint]) => {
    const { exitCode, stdout, stderr } = await run(args)
    expect([exitCode, stdout]).toEqual([2, ''])
    const lines = stderr.trimEnd().split('\n')
    expect(lines.find((line) => line.startsWith('chatmail-check: '))).toContain(message)
    if (hint !== '') expect(lines.at(-1)).toContain(`  hint: ${hint.startsWith('--') ? 'add ' : ''}${hint}`)
    expect(lines.length).toBeLessThanOrEqual(3)
  })

  it('says loudly that no relay was named, writes every format, and keeps the run', async () => {
    const { exitCode, stdout, stderr, listeners } = await run(['--format', 'terminal,json,junit', '--out', 'out'])
    expect(stderr).toContain('No relay named: checking the built-in reference server. This says nothing about yours.')
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['junit.xml', 'report.txt', 'result.json'])
    const result = readResult(await readFile(join(folder, 'out', 'result.json'), 'utf8'))
    expect(result).toMatchObject({ complete: true, reference: true, hosts: [{ label: '@reference' }] })
    expect(exitCode).toBe(result.gate.exitCode)
    expect(stdout).toContain('@reference  ')
    expect(listeners).toBe(0)
    const last = await run(['report', 'last', '--format', 'json'])
    expect([last.exitCode, readResult(last.stdout).seed]).toEqual([0, result.seed])
  })

  it('leaves a record marked incomplete when it is stopped in the middle', async () => {
    let pressed = false
    const { exitCode, stdout } = await run(
      ['@reference', '--format', 'json'],
      (text, press) => {
        if (pressed || !text.includes('checked 0 of')) return
        pressed = true
        press()
      },
      true,
    )
    const result = readResult(stdout)
    expect([exitCode, result.complete, result.gate.verdict]).toEqual([130, false, 'interrupted'])
  })

  it('leaves one as well when it is stopped before any check', async () => {
    const { exitCode, stdout } = await run(
      ['chat.test', '--resolve', 'chat.test=127.0.0.1', '--wait', '60s', '--format', 'json'],
      (text, press) => {
        if (text.includes('waiting for the services')) press()
      },
    )
    expect(exitCode).toBe(130)
    expect(readResult(stdout)).toMatchObject({ complete: false, findings: [], gate: { verdict: 'interrupted' } })
  })

  it('exits 3 and says why when a host cannot be reached', async () => {
    const { exitCode, stdout, stderr } = await run(['chat.test', '--resolve', 'chat.test=127.0.0.1'])
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^chat\.test {2}UNDECIDED, it could not be checked/)
    expect(stdout).toContain('refuses connections')
    expect(stderr).toContain('hint: ')
  })

  it('says when no check of a run looked at a defect, and explain names one that does', async () => {
    const { stderr } = await run(['@reference:defect=accepts-cleartext', '--only', 'imap/advertises-idle'])
    expect(stderr).toContain('No check of this run looked at accepts-cleartext')
    const explained = await run(['explain', 'accepts-cleartext'])
    const tried = /try +chatmail-check ([^$]*)/.exec(explained.stdout)?.[1]?.trim().split(/\s+/) ?? []
    const shown = await run(tried)
    expect([shown.exitCode, shown.stderr.includes('looked at')]).toEqual([1, false])
  })

  it('shows the public no hole and no account, on no stream, and keeps the whole record for itself', async () => {
    const args = ['@reference:defect=allows-neighbours-in-from', '--only', 'sender/refuses-*', '--evidence', 'all']
    const open = await run([...args, '--format', 'json'])
    const account = /[a-z0-9-]{9}@chat\.test/
    expect([open.exitCode, account.test(open.stdout)]).toEqual([1, true])
    expect(open.stdout).toContain('"check": "sender/refuses-other-local-user"')
    for (const format of ['json', 'junit', 'terminal']) {
      const shown = await run([...args, '--format', format, '--public', '--withhold-until', '2999-12-31', '--verbose'])
      expect(shown.exitCode).toBe(1)
      expect(shown.stdout).toContain('withheld until 2999-12-31')
      const all = shown.stdout + shown.stderr
      expect(all).not.toMatch(account)
      expect(all).not.toContain('sender/refuses-other-local-user')
    }
    const again = await run(['report', 'last', '--public'])
    expect(again.stdout).toMatch(/withheld until \d{4}-\d\d-\d\d/)
    expect((await run(['report', 'last', '--format', 'json'])).stdout).toContain('sender/refuses-other-local-user')
  })

  it('shows the plan of a dry run and checks nothing', async () => {
    const { exitCode, stdout } = await run(['@reference', '--dry-run', '--only', 'encryption/**'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^@reference: \d+ checks? would run; at most/)
    expect(stdout).toContain('encryption/refuses-cleartext')
  })

  it('explains and lists', async () => {
    const explained = await run(['explain', 'encryption/refuses-cleartext'])
    expect(explained.stdout).toMatch(/why .*\n[\s\S]*tested[\s\S]*fix[\s\S]*defect/)
    for (const topic of ['checks', 'requirements', 'defects', 'presets', 'profiles']) {
      const { exitCode, stdout } = await run(['list', topic])
      expect([exitCode, stdout.split('\n').length > 1]).toEqual([0, true])
    }
  })

  it('reads patterns from a file and refuses an empty one', async () => {
    await writeFile(join(folder, 'mine.txt'), '# mine\nencryption/refuses-cleartext  # the one\n')
    await writeFile(join(folder, 'empty.txt'), '# nothing\n')
    expect((await run(['@reference', '--dry-run', '--only', '@mine.txt'])).stdout).toContain('1 check would run')
    expect((await run(['@reference', '--dry-run', '--only', '@empty.txt'])).stderr).toContain('holds no pattern')
  })
})
