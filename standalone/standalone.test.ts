import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatNames } from '../reports/format-names.ts'
import { makeBareMachine, runThere, whyNoMachine } from './bare-machine.ts'
import { buildPrograms } from './build.ts'

const why = whyNoMachine() ?? (process.arch === 'x64' ? undefined : 'runs the program for x64')

describe.skipIf(why !== undefined)(`a standalone program${why === undefined ? '' : ` (${why})`}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'standalone-test-'))
  const machine = join(work, 'machine')
  const run = (...args: string[]) => runThere(machine, ['/chatmail-check', ...args])

  beforeAll(async () => {
    const [program = ''] = await buildPrograms(['linux-x64'], work)
    makeBareMachine(machine, program)
  }, 120_000)

  afterAll(() => rmSync(work, { recursive: true, force: true }))

  it('does the main job where there is nothing but its libraries, and writes every format', async () => {
    expect(readdirSync(machine).filter((name) => !/^lib/.test(name))).toEqual(['chatmail-check', 'tmp'])
    const { code, stdout, stderr } = await run('--out', '/tmp/report', '--format', formatNames.join(','))
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^No relay named/)])
    expect(stdout).toMatch(/^@reference {2}CONFORMS/m)
    const written = readdirSync(join(machine, 'tmp/report'))
    expect(written.length, written.join(' ')).toBeGreaterThanOrEqual(formatNames.length - 1)
    for (const name of written) expect(readFileSync(join(machine, 'tmp/report', name)).length, name).toBeGreaterThan(0)
    const again = await run('report', 'last', '--quiet')
    expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/^@reference {2}CONFORMS/m)])
  }, 90_000)

  it('puts on load from threads of its own, by its scenarios and by one of the user', async () => {
    copyFileSync(join(import.meta.dirname, '../scenarios/smoke.ts'), join(machine, 'tmp/own.ts'))
    const loads = [run('load', 'smoke', '--threads', '2'), run('load', '/tmp/own.ts', '--quiet')]
    for (const { code, stdout, stderr } of await Promise.all(loads)) {
      // 120: this machine is too busy to drive the load.
      expect([0, 120], stdout + stderr).toContain(code)
      expect(stdout).toMatch(/3 messages due, \d taken/)
    }
  }, 90_000)

  it('explains, lists, and knows its version', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    expect((await run('list')).stdout).toContain('encryption/refuses-cleartext ')
    expect((await run('explain', 'accepts-cleartext')).stdout).toContain('encryption.refuses-cleartext')
  })

  it('traces', async () => {
    const { code, stdout, stderr } = await run('trace', '--count', '2', '--interval', '100ms', '--no-idle')
    expect([code, stdout], stderr).toEqual([0, expect.stringContaining('EXISTS')])
  }, 60_000)

  it('serves until it is stopped', async () => {
    const { code, stdout } = await runThere(machine, ['/chatmail-check', 'serve', '--quiet'], (text, child) => {
      if (text.includes('\n')) child.kill('SIGINT')
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ domains: ['chat.test'] })
  }, 60_000)

  it('names the licence of every package in it', () => {
    const text = readFileSync(join(work, 'licences.txt'), 'utf8')
    for (const name of ['commander 14', 'openpgp 6', '@peculiar/x509 2', 'Node.js\n'])
      expect(text).toContain(`\n${name}`)
    expect(existsSync(join(work, 'chatmail-check-linux-x64'))).toBe(true)
  })
})
