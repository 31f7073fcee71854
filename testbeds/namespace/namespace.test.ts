// Our own command line finds a server by its name alone, through DNS and standard ports, also with a mail domain of its own; and a
// core that is not ours gets accounts there, also through 443.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const here = import.meta.dirname
const folder = mkdtempSync(path.join(tmpdir(), 'namespace-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: readonly string[]): Promise<Outcome> {
  return runFor({}, ...args)
}

function runFor(settings: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, NODE: process.execPath, TMPDIR: folder, ...settings }
  const options = { timeout: 110_000, env }
  return new Promise((resolve) => {
    execFile('bash', [path.join(here, 'namespace.sh'), ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, stdout, stderr: stderr.trim() || (error?.message ?? '') })
    })
  })
}

const cannotRun = 77

/** What a run could leave: files in its temporary folder, another name server. */
function traces(): readonly string[] {
  return [...readdirSync(folder), readFileSync('/etc/resolv.conf', 'utf8'), readFileSync('/etc/hosts', 'utf8')]
}

describe('in a namespace, chatmail-check', () => {
  test('finds ports, certificates and DNS of a good server as they should be', async ({ skip }) => {
    const able = await run('able')
    if (able.code === cannotRun) skip(able.stderr)
    const script = path.join(here, 'transport.ts')
    const { code, stdout, stderr } = await runFor({ DOMAIN: 'chat.test' }, 'run', process.execPath, script)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { exitCode, verdicts } = JSON.parse(stdout)
    expect(exitCode).toBe(0)
    expect(Object.entries(verdicts).filter(([, verdict]) => verdict !== 'pass')).toEqual([
      // Needs a mail domain of our own to write from.
      ['transport/publishes-sound-dkim-key', 'skipped'],
    ])
  }, 90_000)

  test('checks mail between a live host and a mail domain of its own, by DNS and at standard ports', async ({
    skip,
  }) => {
    const able = await run('able')
    if (able.code === cannotRun) skip(able.stderr)
    const before = traces()
    const { code, stdout, stderr } = await run('run', process.execPath, path.join(here, 'vantage.ts'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { passed, others, seen } = JSON.parse(stdout)
    expect(others.filter((line: string) => !line.includes(' skipped: '))).toEqual([])
    expect(others.map((line: string) => line.split(' ')[0])).toEqual([
      'inbound/ends-mail-with-crlf-only',
      'federation/falls-back-to-smtp',
      'federation/delivers-when-up-again',
      'federation/tries-again-after-4xx',
      'federation/gives-up-in-time',
    ])
    expect(passed).toBeGreaterThan(50)
    expect(seen).toMatchObject({ 'federation/uses-https': 'https' })
    expect(traces()).toEqual(before)
  }, 120_000)
})

describe('in a namespace, Delta Chat core', () => {
  test('gets accounts by dcaccount:_chat.test, by /new and by a login link, and chats, also over port 443', async ({
    skip,
  }) => {
    const able = await run('able')
    if (able.code === cannotRun) skip(able.stderr)
    const before = traces()
    const { code, stdout, stderr } = await run('run', process.execPath, path.join(here, 'onboard.ts'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      texts: ['by name', 'to 443', 'from 443'],
      connectionsTo443: expect.any(Number),
    })
    // One session of IMAP and one of submission.
    expect(JSON.parse(stdout).connectionsTo443).toBeGreaterThanOrEqual(2)
    expect(traces()).toEqual(before)
  }, 90_000)

  test('chats between two servers in two processes that know each other by DNS alone', async ({ skip }) => {
    const able = await run('able')
    if (able.code === cannotRun) skip(able.stderr)
    const before = traces()
    const { code, stdout, stderr } = await run('run', process.execPath, path.join(here, 'federate.ts'))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({ texts: ['over there', 'and back'] })
    expect(traces()).toEqual(before)
  }, 90_000)

  test('ends with the exit code of the command, and tells why it cannot start', async ({ skip }) => {
    const able = await run('able')
    if (able.code === cannotRun) skip(able.stderr)
    expect((await run('run', 'bash', '-c', 'exit 7')).code).toBe(7)
    expect((await run('run')).code).toBe(2)
  }, 60_000)
})
