// The examples of docs/ci.md for a relay that starts with the job: their commands, word by word, in a network that has nothing but
// a loopback, with a relay that comes late.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'

const launcher = join(import.meta.dirname, 'chatmail-check.js')
const page = readFileSync(join(import.meta.dirname, '../docs/ci.md'), 'utf8')
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => ({ text, read: parse(text) }))
const flags = ['--wait', '--resolve', '--trust-presented', '--known-failing']

const action = blocks.find(({ read }) => read.jobs?.relay?.services)
const compose = blocks.find(({ read }) => read.services?.check)

const commandOf = {
  'GitHub Actions': action?.read.jobs.relay.steps.find(({ run }: { run?: string }) => run)?.run as string | undefined,
  compose: compose?.read.services.check.command as string | undefined,
} as const

/** Seconds until the relay begins to start. */
const late = 2

const able = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0

/** The command as the job runs it, beside a relay of that name that starts late. */
function runLate(command: string, known: string): Promise<{ readonly code: number | null; readonly text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'ci-example-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const tools = join(folder, 'tools')
  mkdirSync(tools)
  symlinkSync(process.execPath, join(tools, 'node'))
  // Some of the checks only: all of them would take ten seconds more.
  const npx = `#!/bin/sh\nshift 2; exec node '${launcher}' "$@" --only 'imap/answers-*'\n`
  writeFileSync(join(tools, 'npx'), npx, { mode: 0o755 })
  writeFileSync(join(folder, 'known-failing.txt'), known)
  const serve = `node '${launcher}' serve --quiet --domain chat.example --ports standard --defect forgets-imap4rev1`
  const script = `ip link set lo up
(sleep ${late}; exec ${serve}) >ready.json & relay=$!
${command.trim()}
code=$?
[ -s ready.json ] && echo "the relay came late"
kill $relay; wait $relay; exit $code`
  const env = { PATH: `${tools}:${process.env.PATH}`, HOME: folder, LANG: 'C.UTF-8' }
  const child = spawn('unshare', ['--net', 'sh', '-c', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (more) => (text += more))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })))
}

describe('the examples for CI', { timeout: 90_000 }, () => {
  it.for([
    ['GitHub Actions', action],
    ['compose', compose],
  ] as const)('say all in ten lines or about: %s', ([name, block]) => {
    const lines = block?.text.trimEnd().split('\n') ?? []
    expect(lines.length, name).toBeGreaterThan(5)
    expect(lines.length, name).toBeLessThanOrEqual(10)
    for (const flag of flags) expect(commandOf[name]).toContain(flag)
  })

  it.skipIf(!able)('wait for a relay that comes late, and let what is known to fail pass', async () => {
    const known = 'imap/answers-capability  ticket 12: mended in the next release  until=2099-12-31\n'
    const [inCompose, inAction] = await Promise.all([
      runLate(commandOf.compose ?? '', known),
      runLate(commandOf['GitHub Actions'] ?? '', '# nothing is known to fail\n'),
    ])
    expect(inCompose.code, inCompose.text).toBe(0)
    expect(inAction.code, inAction.text).toBe(1)
    expect(inAction.text).toContain('PROBLEM  imap/answers-capability')
    for (const { text } of [inCompose, inAction]) expect(text).toContain('the relay came late')
  })
})
