// Standalone programs on whole machines without Node: Debian of this processor, and of arm64 by emulation.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runThere, whyNoMachine } from './bare-machine.ts'
import { buildPrograms } from './build.ts'
import { platforms } from './node-program.ts'

const emulator = '/usr/bin/qemu-aarch64-static'
const has = (name: string) => spawnSync('which', [name]).status === 0
const why =
  whyNoMachine() ??
  (!has('debootstrap') || !existsSync(emulator) ? 'needs debootstrap and qemu-user-static' : undefined) ??
  (process.arch === 'x64' ? undefined : 'runs the program for x64 itself')

describe.skipIf(why !== undefined)(`standalone programs${why === undefined ? '' : ` (${why})`}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'standalone-night-'))
  const folderOf = (build: string) => join(work, build)

  /** `first`: unpacked only, since packages of another processor cannot be set up here. */
  function debian(architecture: string, first: readonly string[]): string {
    const folder = join(work, architecture)
    const args = ['--variant=minbase', `--arch=${architecture}`, ...first, 'bookworm', folder]
    const { status, stdout, stderr } = spawnSync('debootstrap', args, { encoding: 'utf8' })
    expect(status, stdout + stderr).toBe(0)
    for (const place of ['usr/bin/node', 'usr/local/bin/node']) expect(existsSync(join(folder, place))).toBe(false)
    return folder
  }

  beforeAll(async () => {
    await buildPrograms(platforms, folderOf('one'))
  }, 300_000)

  afterAll(() => rmSync(work, { recursive: true, force: true }))

  it('are the same, octet by octet, when they are made again', async () => {
    await buildPrograms(platforms, folderOf('two'))
    for (const platform of platforms) {
      const [one, two] = ['one', 'two'].map((build) =>
        createHash('sha256')
          .update(readFileSync(join(folderOf(build), `chatmail-check-${platform}`)))
          .digest('hex'),
      )
      expect(one, platform).toBe(two)
    }
  }, 300_000)

  it('do the main job and load on Debian without Node', async () => {
    const machine = debian('amd64', [])
    copyFileSync(join(folderOf('one'), 'chatmail-check-linux-x64'), join(machine, 'chatmail-check'))
    const main = await runThere(machine, ['/chatmail-check'])
    expect([main.code, main.stdout]).toEqual([0, expect.stringMatching(/^@reference {2}CONFORMS/m)])
    const load = await runThere(machine, ['/chatmail-check', 'load', 'smoke'])
    expect([0, 120], load.stdout).toContain(load.code)
  }, 600_000)

  it('do the same on arm64', async () => {
    const machine = debian('arm64', ['--foreign'])
    copyFileSync(emulator, join(machine, 'emulator'))
    copyFileSync(join(folderOf('one'), 'chatmail-check-linux-arm64'), join(machine, 'chatmail-check'))
    const main = await runThere(machine, ['/emulator', '/chatmail-check'])
    expect([main.code, main.stdout], main.stderr).toEqual([0, expect.stringMatching(/^@reference {2}CONFORMS/m)])
    const load = await runThere(machine, ['/emulator', '/chatmail-check', 'load', 'smoke', '--threads', '2'])
    expect([0, 120], load.stdout + load.stderr).toContain(load.code)
    expect(load.stdout).toMatch(/3 messages due, 3 taken, 3 arrived/)
  }, 600_000)
})
