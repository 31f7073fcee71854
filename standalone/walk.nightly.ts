// What else the standalone program does, command by command, where there is nothing but its libraries and a relay of its own.
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBareMachine, openNetwork, runThere, whyNoMachine } from './bare-machine.ts'
import { buildPrograms } from './build.ts'

const why = whyNoMachine() ?? (process.arch === 'x64' ? undefined : 'runs the program for x64')
const root = resolve(import.meta.dirname, '..')

describe.skipIf(why !== undefined)(`the standalone program${why === undefined ? '' : ` (${why})`}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'standalone-walk-'))
  const machine = join(work, 'machine')
  const there = (path: string): string => readFileSync(join(machine, path), 'utf8')
  let network: Awaited<ReturnType<typeof openNetwork>>
  let relay: ChildProcess | undefined
  let relayEnded: Promise<unknown> | undefined
  let reach: readonly string[] = []
  const run = (...args: readonly string[]) => runThere(machine, ['/chatmail-check', ...args], undefined, network)

  beforeAll(async () => {
    const [program = ''] = await buildPrograms(['linux-x64'], work)
    makeBareMachine(machine, program)
    network = await openNetwork()
    const serve = ['serve', '--quiet', '--ports', 'standard', '--dns', '127.0.0.1:5353']
    const ca = await new Promise<string>((found, failed) => {
      relayEnded = runThere(
        machine,
        ['/chatmail-check', ...serve],
        (text, child) => {
          relay = child
          if (text.includes('\n')) found(JSON.parse(text).ca)
        },
        network,
      ).then(({ stderr }) => failed(new Error(stderr)))
    })
    writeFileSync(join(machine, 'tmp/ca.pem'), ca)
    reach = ['--dns', '127.0.0.1:5353', '--ca', '/tmp/ca.pem']
  }, 120_000)

  afterAll(async () => {
    relay?.kill('SIGINT')
    await relayEnded
    await network?.[Symbol.asyncDispose]()
    rmSync(work, { recursive: true, force: true })
  })

  it('checks a relay by its name', async () => {
    const { code, stdout, stderr } = await run('chat.test', ...reach)
    expect([code, stdout], stderr).toEqual([0, expect.stringMatching(/^chat\.test {2}CONFORMS/m)])
  }, 90_000)

  it('copies a scenario, typed or not, and runs the copy', async () => {
    for (const name of ['own.ts', 'own.js']) {
      const copied = await run('scenarios', 'copy', 'smoke', `/tmp/${name}`)
      expect([copied.code, copied.stdout], copied.stderr).toEqual([0, expect.stringContaining(`load /tmp/${name}`)])
      const loaded = await run('load', `/tmp/${name}`, 'chat.test', ...reach)
      expect([0, 120], loaded.stdout + loaded.stderr).toContain(loaded.code)
      expect(loaded.stdout).toMatch(/3 messages due, 3 taken, 3 arrived/)
    }
    expect(there('tmp/own.ts')).toBe(readFileSync(join(root, 'scenarios/smoke.ts'), 'utf8'))
    expect((await run('scenarios', 'copy', 'smoke', '/tmp/own.ts')).code).toBe(2)
  }, 120_000)

  it('measures what the machine can drive', async () => {
    // A session for each message is work enough to make that a question, on fast machines at a higher rate.
    let said = ''
    for (const rate of ['60', '150', '400']) {
      const steady = ['--rate', rate, '--duration', '2s', '-e', 'MESSAGES=1', '--threads', '1']
      const { stdout, stderr } = await run('load', 'steady', '@reference', ...steady)
      said = stdout + stderr
      if (!said.includes('idle for most')) break
    }
    expect(said).toMatch(/could drive at least \d+ messages a second \(measured\s+afterwards/)
  }, 90_000)

  it('writes each shipped scenario for k6, and says what a file of the user needs', async () => {
    const { shippedScenarios } = await import('../bin/load/shipped-scenarios.ts')
    const { bundleForLater } = await import('../harness/load/k6/bundle.ts')
    for (const { name } of shippedScenarios.filter((scenario) => scenario.name !== 'federation')) {
      const { code, stderr } = await run('load', 'export', name, 'chat.test', ...reach, '--k6', `/tmp/k6-${name}`)
      expect([code, stderr]).toEqual([0, expect.stringContaining('is ready for k6')])
      const script = there(`tmp/k6-${name}/script.js`)
      const [, settings = ''] = /^var settings = (.*);$/m.exec(script) ?? []
      expect(JSON.parse(settings).options.scenarios, name).toBeTypeOf('object')
      // The same as from a folder with the bundler in it, but for the settings and the order of the exports.
      const url = new URL(`../scenarios/${name}.ts`, import.meta.url).href
      const functions = [...readFileSync(new URL(url), 'utf8').matchAll(/^export async function (\w+)/gm)]
      const ours = await bundleForLater({ url, functions: functions.map(([, one = '']) => one) })
      const plain = (text: string) =>
        text
          .replace(/^var settings = .*;$/m, '')
          .split('\n')
          .map((line) => line.replace(/,$/, ''))
          .toSorted()
      expect(plain(script), name).toEqual(plain(ours))
      expect(readdirSync(join(machine, `tmp/k6-${name}`))).toContain('assets.json')
    }
    const own = await run('load', 'export', '/tmp/own.ts', 'chat.test', ...reach, '--k6', '/tmp/k6-own')
    expect([own.code, own.stderr]).toEqual([2, expect.stringMatching(/needs esbuild.*\n {2}hint: npm install/)])
    expect(existsSync(join(machine, 'tmp/k6-own'))).toBe(false)
  }, 300_000)

  it('keeps watch', async () => {
    const flags = ['--folder', '/tmp/watch', '--listen', '127.0.0.1:9469', '--i-operate', 'chat.test', '--every', '1s']
    const only = ['--profile', 'quick', '--only', 'imap/selects-inbox']
    const command = ['/chatmail-check', 'watch', 'chat.test', ...reach, ...flags, ...only]
    const watched = await runThere(
      machine,
      command,
      (text, child) => {
        if (text.includes('full run:') && (text.match(/ {2}arrives {2}/g)?.length ?? 0) > 2) child.kill('SIGINT')
      },
      network,
    )
    expect([watched.code, watched.stderr]).toEqual([0, ''])
    expect(there('tmp/watch/metrics.prom')).toContain('chatmail_check_watch_status{host="chat.test",status="up"} 1')
    expect(there('tmp/watch/index.html')).toContain('Delivers, since')
  }, 90_000)

  it('compares, and writes a site', async () => {
    const hosts = ['chat.test', '@reference:defect=accepts-cleartext']
    const args = [...reach, '--only', 'encryption/refuses-cleartext', '--site', '/tmp/public']
    const { code, stdout, stderr } = await run('compare', ...hosts, ...args)
    expect([0, 1], stdout + stderr).toContain(code)
    expect(readdirSync(join(machine, 'tmp/public')).toSorted()).toEqual(
      expect.arrayContaining(['changes.atom', 'comparison.json', 'index.html', 'relay']),
    )
    expect(there('tmp/public/index.html')).toContain('chat.test')
  }, 120_000)
})
