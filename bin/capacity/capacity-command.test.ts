// The capacity command as a user has it: arguments, consent, one page of report, the record, ^C.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readResult } from '../../reports/json.ts'
import { runMain, type Surroundings } from '../test-main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capacity-command-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (args: readonly string[], hear: Surroundings['hear'] = () => {}) =>
  runMain(['capacity', ...args], { cwd: folder, hear })

describe('chatmail-check capacity', () => {
  it('says what it costs first; ends at ^C with what was found until then', { timeout: 60_000 }, async () => {
    const { exitCode, stdout, stderr } = await run(
      [
        '--from',
        '5',
        '--step',
        '5s',
        '--sample',
        `local:${process.pid}`,
        '--out',
        'stopped',
        '--format',
        'terminal,json,junit',
      ],
      (text, press) => {
        if (/^ 1 {2}climb/.test(text)) press()
      },
    )
    expect(exitCode).toBe(130)
    expect(stderr).toContain('No relay named')
    expect(stderr).toMatch(
      /@reference: up to \d+ accounts \(0 known from earlier runs\), as many as 100 messages a second/,
    )
    const { capacity, complete, gate } = readResult(await readFile(join(folder, 'stopped', 'result.json'), 'utf8'))
    expect([complete, gate.verdict, capacity?.ended]).toEqual([false, 'interrupted', 'interrupted'])
    expect(capacity?.steps).toHaveLength(1)
    expect(capacity?.sameMachine).toBe(true)
    expect(capacity?.server?.points.length).toBeGreaterThan(2)
    expect(stdout).toMatch(/^@reference\n {2}(comfortable for|not fit for)/m)
    expect(stdout).toContain("of this machine's processors, which the server is on: a")
    expect(stdout).toMatch(/server \(processes \d+\): \d\.\d\d of \d+ processors on average/)
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(await readFile(join(folder, 'stopped', 'junit.xml'), 'utf8')).toContain('messages a second: ')
  })

  it.for([
    [['--from', '0'], '--from: "0" is no rate', ''],
    [['--from', '50', '--most', '20'], '--from is higher than --most', ''],
    [['--step', '1s'], '--step: wanted 5s to 60m', ''],
    [['--people', 'message=3'], 'unknown name in --people "message"', 'did you mean messages?'],
    [['--people', 'messages=many'], '--people: messages: wanted a number', ''],
    [['--people', 'devices=0'], '--people: devices must be more than 0', ''],
    [['--upload', '8'], '--upload: "8" is not a rate', 'write 800kbit, 8Mbit or 1Gbit'],
    [['--sample', 'pi'], '--sample: "pi" is no source', 'ssh:USER@HOST'],
    [['--sample', 'local:1', '--sample-command', 'x'], '--sample and --sample-command exclude each other', ''],
    [['--board', 'pi'], '--board pi looks at the board over SSH', '--sample ssh:'],
    [['--board', 'arduino'], '--board: the only kind is pi', ''],
    [['chat.test', '--resolve', 'chat.test=203.0.113.9'], "gets load only with its operator's word", '--i-operate'],
  ] as const)('exits with 2 for %o', async ([args, message, hint]) => {
    const { exitCode, stdout, stderr } = await run(args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
  })
})
