import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trace as traceSchema } from '../../harness/result/trace.ts'
import { runMain, type Surroundings } from '../test-main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (args: readonly string[], options: Pick<Surroundings, 'isTTY' | 'hear'> = {}) =>
  runMain(['trace', ...args], { cwd: folder, env: { NO_COLOR: '1' }, ...options })

describe('chatmail-check trace', { timeout: 20_000 }, () => {
  it('says what it is going to do, tells each message, and reports', async () => {
    const { exitCode, stdout, stderr, listeners } = await run(['--count', '2', '--interval', '10ms'])
    expect([exitCode, listeners]).toEqual([0, 0])
    expect(stderr).toMatch(/^No relay named: tracing the built-in reference server\. This says nothing about yours\.\n/)
    expect(stderr).toMatch(
      /@reference: 2 messages, one at a time, 1\.1 s apart or more; about 2 s\. At most 2 accounts/,
    )
    expect(stderr).toMatch(/\n {3}1 cold .*\n {5}imap .*\n {3}2 warm .*\n$/)
    const [first, second, third] = stdout.split('\n')
    expect(first).toBe('@reference  2 messages, one at a time')
    expect(second).toMatch(/^ {2}total p50 .* max .*; network .* there and back$/)
    expect(third).toMatch(/^ {2}(no stage is slow; most takes|SLOW) /)
  })

  it('names what is slow on a server that is broken so', async () => {
    const target = '@reference:defect=notifies-late'
    const { stdout } = await run([target, '--count', '2', '--quiet'])
    expect(stdout.split('\n')[2]).toMatch(/^ {2}SLOW {2}EXISTS \(from 250 to the notice\): p50 [12](\.\d+)? s/)
  })

  it('gives a valid record as JSON, between two hosts, and nothing else on stdout', async () => {
    const ends = ['@reference:domain=a.test', '@reference:domain=b.test']
    const { stdout, stderr } = await run([...ends, '--count', '1', '--quiet', '--format', 'json'])
    const trace = traceSchema.parse(JSON.parse(stdout))
    expect(trace).toMatchObject({ complete: true, reference: true, from: { label: ends[0] }, to: { label: ends[1] } })
    expect([trace.from.address, trace.to.address]).toMatchObject([/@a\.test$/, /@b\.test$/])
    expect(trace.messages).toMatchObject([{ outcome: 'arrived', kind: 'cold' }])
    expect(stderr).toBe('')
  })

  it('draws in place on a terminal, and leaves the report', async () => {
    const { stdout } = await run(['--count', '2'], { isTTY: true })
    expect(stdout.match(/\u001b\[\d+A\r\u001b\[J/g)).toHaveLength(2)
    expect(stdout.split('\u001b[J').at(-1)).toMatch(/^@reference {2}2 messages/)
  })

  it('prints what there is when it is stopped', async () => {
    const { exitCode, stdout } = await run(['--count', '50'], {
      hear: (text, press) => {
        if (text.startsWith('   2 warm')) press()
      },
    })
    expect([exitCode, stdout.split('\n')[0]]).toEqual([130, '@reference  2 messages, one at a time, stopped'])
  })

  it('goes on without the log when its command fails, and says so', async () => {
    const { exitCode, stdout, stderr } = await run(['--count', '2', '--server-log', 'echo no such unit >&2; exit 3'])
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/^--server-log: "echo .*": it ended with code 3: no such unit; what the log says/m)
    expect(stdout.replace(/\s+/g, ' ')).toContain('note: "echo no such unit >&2; exit 3": it ended with code 3')
  })

  it('shows nothing of lines that are about others', async () => {
    const secret = 'Nov 26 01:00:00 mx dovecot: lmtp(x@y.example)<1><a>: msgid=<secret@y.example>: saved mail to INBOX'
    await writeFile(join(folder, 'mail.log'), `${secret}\n`.repeat(50))
    const { exitCode, stdout, stderr } = await run([
      '--count',
      '2',
      '--server-log',
      'tail -n 99 -F mail.log',
      '--format',
      'json',
    ])
    expect(exitCode).toBe(0)
    expect(stdout + stderr).not.toContain('secret')
  })

  it.for([
    [['a.test', 'b.test', 'c.test'], 'a trace has two ends'],
    [['bob@a.test', 'bob@a.test'], 'bob@a.test is named twice'],
    [['@reference', '--count', '0'], '--count: "0" is not a whole number'],
    [['@reference', '--format', 'junit'], 'unknown value of --format "junit"'],
    [['@reference', '--interval', 'often'], '--interval'],
    [['@reference', '--ca', 'nowhere.pem'], '--ca: cannot read nowhere.pem'],
  ] as const)('exits 2 for %o', async ([args, message]) => {
    const { exitCode, stdout, stderr } = await run(args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('exits 3, with a hint, when a named account is not let in', async () => {
    const { exitCode, stdout, stderr } = await run(['x@@reference', '--count', '1'])
    expect([exitCode, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/x@chat\.test logs in; got NO .*\n {2}hint: bring a named account by --accounts FILE/)
  })

  it('exits 3 when the host cannot be reached', async () => {
    const { exitCode, stderr } = await run(['chat.test', '--resolve', 'chat.test=127.0.0.1'])
    expect([exitCode, stderr.includes('refuses connections')]).toEqual([3, true])
  })
})
