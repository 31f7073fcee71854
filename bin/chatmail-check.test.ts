import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'launcher-'))
const launcher = join(import.meta.dirname, 'chatmail-check.js')
const env = { ...process.env, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder, NO_COLOR: '1' }

afterAll(() => rmSync(folder, { recursive: true }))

function launch(args: readonly string[], options: { node?: readonly string[]; env?: NodeJS.ProcessEnv } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...(options.node ?? []), launcher, ...args], {
    encoding: 'utf8',
    env: options.env ?? env,
    timeout: 15_000,
  })
  return { status, stdout, stderr }
}

describe('the launcher', () => {
  it('prints help with two examples', () => {
    const { status, stdout, stderr } = launch(['--help'])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('Usage: chatmail-check [HOST...]')
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(82)
  })

  it('reads nothing but the definitions of the commands to print help', () => {
    const hook = join(folder, 'hook.mjs')
    const seen = join(folder, 'seen.txt')
    writeFileSync(
      hook,
      `import { appendFileSync } from 'node:fs'
      import { registerHooks } from 'node:module'
      registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(seen)}, url + '\\n'); return next(url, context) } })`,
    )
    expect(launch(['--help'], { node: ['--import', hook] }).status).toBe(0)
    const read = readFileSync(seen, 'utf8')
    const packages = [...read.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)].map(([, name]) => name)
    expect([...new Set(packages)]).toEqual(['commander'])
    expect(read).not.toMatch(/\/(?:suites|catalogue|reference-server|harness\/(?:check|load|sampling|clients))\//)
  })

  it('says one line and exits 2 on a Node that is too old', () => {
    const pretend = join(folder, 'pretend.cjs')
    writeFileSync(pretend, "Object.defineProperty(process, 'version', { value: 'v18.19.0' })\n")
    const { status, stdout, stderr } = launch(['--help'], { node: ['--require', pretend] })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^chatmail-check needs Node 20\.19 or newer; this is v18\.19\.0\..*\n$/)
  })

  it('runs on the Node of the checkout when its own cannot read the source', () => {
    const { status, stdout } = launch(['--version'], { node: ['--no-experimental-strip-types'] })
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
  })

  it('gives the exit code and the hint of a wrong command line', () => {
    const { status, stdout, stderr } = launch(['--profil', 'full'])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toBe("chatmail-check: unknown option '--profil'\n  hint: did you mean --profile?\n")
  })
})
