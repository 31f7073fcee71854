import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findCore, howToAddCore } from './binary.ts'
import { startCore } from './core.ts'
import { CoreGone } from './core-error.ts'
import { shareCore } from './shared-core.ts'

const binary = await findCore(process.env, process.cwd())
const client = createRequire(import.meta.url).resolve('@deltachat/jsonrpc-client')
const forever = () => new AbortController().signal
const ours = () =>
  readdirSync(tmpdir()).filter((name) => new RegExp(`^chatmail-check-core-\\d+-${process.pid}-`).test(name))

describe('the program of the core', () => {
  it('is the one that the variable names, and no other when that is missing', async () => {
    const path = process.execPath
    expect(await findCore({ DELTA_CHAT_RPC_SERVER: path }, '/')).toEqual({ path, client, from: 'variable' })
    expect(await findCore({ DELTA_CHAT_RPC_SERVER: '/nowhere/at/all' }, process.cwd())).toBeUndefined()
  })

  it('is found in PATH, where it is an absolute folder and may be run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'core-in-path-'))
    const path = join(folder, 'deltachat-rpc-server')
    await writeFile(path, '#!/bin/sh\n', { mode: 0o755 })
    const found = await findCore({ PATH: `relative:${folder}` }, folder)
    // Where the package is installed beside us it comes first.
    expect(found).toEqual(
      binary?.from === 'project' || binary?.from === 'own'
        ? { ...binary, from: 'own' }
        : { path, client, from: 'path' },
    )
    await rm(folder, { recursive: true })
  })

  it('is the package of the project that we are run in', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'core-in-project-'))
    const home = join(folder, 'node_modules', `@deltachat/stdio-rpc-server-${process.platform}-${process.arch}`)
    await mkdir(home, { recursive: true })
    await writeFile(join(home, 'package.json'), '{"main":"deltachat-rpc-server"}')
    await writeFile(join(home, 'deltachat-rpc-server'), '', { mode: 0o755 })
    expect(await findCore({}, folder)).toEqual({
      path: join(home, 'deltachat-rpc-server'),
      client,
      from: 'project',
    })
    await rm(folder, { recursive: true })
  })
})

describe('a core that cannot be', () => {
  it.each([
    ['no program', '/nowhere/at/all'],
    ['a program that ends at once', '/bin/true'],
    ['a program that speaks otherwise', '/bin/ls'],
  ])('is said to be gone, and leaves nothing behind: %s', async (_, path) => {
    await expect(startCore({ path, client, from: 'variable' })).rejects.toBeInstanceOf(CoreGone)
    expect(ours()).toEqual([])
  })
})

describe.skipIf(binary === undefined)(`a core${binary ? '' : ` (not installed: ${howToAddCore})`}`, () => {
  const path = binary ?? { path: '', client, from: 'path' as const }

  it('starts, answers, ends, and leaves nothing behind', async () => {
    const core = await startCore(path)
    expect(core.version).toMatch(/^v?\d+\.\d+/)
    expect(await core.rpc(forever()).addAccount()).toBeGreaterThan(0)
    await core[Symbol.asyncDispose]()
    expect(core.alive).toBe(false)
    expect(existsSync(core.folder)).toBe(false)
  })

  it('ends every call with itself, and is started anew for the next check', async () => {
    await using shared = shareCore(path)
    const [first, same] = await Promise.all([shared.running(), shared.running()])
    expect(same).toBe(first)
    const hanging = first.rpc(forever()).sleep(60)
    process.kill(first.pid, 'SIGKILL')
    await expect(hanging).rejects.toBeInstanceOf(CoreGone)
    const second = await shared.running()
    expect(second.pid).not.toBe(first.pid)
    expect(existsSync(first.folder)).toBe(false)
    expect(await second.rpc(forever()).getAllAccountIds()).toEqual([])
  })

  it('ends a call with its signal', async () => {
    await using shared = shareCore(path)
    const stop = new AbortController()
    const call = (await shared.running()).rpc(stop.signal).sleep(60)
    stop.abort(new Error('enough'))
    await expect(call).rejects.toMatchObject({ code: 'aborted', stage: 'sleep' })
  })
})
