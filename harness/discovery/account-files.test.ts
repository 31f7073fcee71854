import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '../host/account.ts'
import { fileAccountStore } from './account-files.ts'

let directory: string
let notes: string[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'accounts-'))
  notes = []
})

afterEach(async () => await rm(directory, { recursive: true, force: true }))

const store = (host = 'chat.example', fresh = false) =>
  fileAccountStore({ host, directory, fresh, onNote: (text) => notes.push(text) })

const account = (name: string): Account => ({
  address: `${name}@chat.example`,
  password: 'pä"ss',
  created: '2026-01-01T00:00:00.000Z',
  origin: 'fresh',
})

test('an account remembered is loaded by the next run, and forgotten for good', async () => {
  await store().remember(account('ci-aaaaaa'))
  await store().remember(account('ci-bbbbbb'))
  const own = store()
  await own.remember(account('ci-bbbbbb'))
  expect((await own.load()).map(({ origin }) => origin)).toEqual(['cached', 'fresh'])
  const loaded = await store().load()
  expect(loaded).toEqual([
    { ...account('ci-aaaaaa'), origin: 'cached' },
    { ...account('ci-bbbbbb'), origin: 'cached' },
  ])
  await store().forget('ci-aaaaaa@chat.example')
  await store().forget('never@chat.example')
  expect((await store().load()).map(({ address }) => address)).toEqual(['ci-bbbbbb@chat.example'])
  expect(notes).toEqual([])
})

test('hosts are kept apart, odd names included, and nothing leaves the folder', async () => {
  for (const host of ['chat.example', '[192.0.2.1]', '[IPv6:::1]', '_chat.test', '../../escape']) {
    await store(host).remember({ address: `../x@${host}`, password: 'p', origin: 'fresh' })
    expect(await store(host).load()).toHaveLength(1)
  }
  expect(await readdir(directory)).toEqual(['accounts'])
  expect(await readdir(join(directory, 'accounts'))).toHaveLength(5)
})

test('a fresh store loads nothing and still remembers', async () => {
  await store().remember(account('ci-aaaaaa'))
  const fresh = store('chat.example', true)
  expect(await fresh.load()).toEqual([])
  await fresh.remember(account('ci-bbbbbb'))
  expect(await fresh.load()).toHaveLength(1)
  expect(await store().load()).toHaveLength(2)
})

test.skipIf(process.platform === 'win32')('files are for their owner only', async () => {
  await store().remember(account('ci-aaaaaa'))
  const folder = join(directory, 'accounts', 'chat.example')
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder, 'ci-aaaaaa%40chat.example.json'))).mode & 0o777).toBe(0o600)
})

test('a damaged file is moved aside and said, never lost', async () => {
  await store().remember(account('ci-aaaaaa'))
  await store().remember(account('ci-bbbbbb'))
  const folder = join(directory, 'accounts', 'chat.example')
  await writeFile(join(folder, 'ci-aaaaaa%40chat.example.json'), '{"address": "ci-aaa')
  expect(await store().load()).toHaveLength(1)
  expect(notes).toEqual([expect.stringMatching(/damaged; moved aside to .*\.damaged-/)])
  const aside = (await readdir(folder)).find((name) => name.includes('.damaged-')) ?? ''
  expect(await readFile(join(folder, aside), 'utf8')).toBe('{"address": "ci-aaa')
})

test('a folder that cannot be written costs a note, not the run', async () => {
  const file = join(directory, 'accounts')
  await writeFile(file, '')
  await chmod(file, 0o600)
  const blocked = store()
  await blocked.remember(account('ci-aaaaaa'))
  expect(notes).toEqual([expect.stringMatching(/is not kept for the next run/)])
  expect(await blocked.load()).toHaveLength(1)
})

test('processes that write at once lose nothing', async () => {
  const source = new URL('./account-files.ts', import.meta.url).href
  const program = `
    const { fileAccountStore } = await import(${JSON.stringify(source)})
    const store = fileAccountStore({ host: 'chat.example', directory: process.argv[1] })
    for (let i = 0; i < 25; i++) {
      await store.remember({ address: 'p' + process.argv[2] + '-' + i + '@chat.example', password: 'x', origin: 'fresh' })
      await store.remember({ address: 'shared-' + i + '@chat.example', password: 'x', origin: 'fresh' })
      await store.load()
    }`
  const run = (name: string) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, directory, name])
  await Promise.all(['1', '2', '3'].map(run))
  const accounts = await store().load()
  expect(accounts).toHaveLength(100)
  expect(notes).toEqual([])
  const files = await readdir(join(directory, 'accounts', 'chat.example'))
  expect(files.filter((name) => !name.endsWith('.json'))).toEqual([])
})

test('an account that another process has claimed is not there, until that process is gone', async () => {
  for (const name of ['ci-aaaaaa', 'ci-bbbbbb']) await store().remember(account(name))
  const source = new URL('./account-files.ts', import.meta.url).href
  const program = `
    const { fileAccountStore } = await import(${JSON.stringify(source)})
    const store = fileAccountStore({ host: 'chat.example', directory: process.argv[1] })
    console.log(await store.claim('ci-aaaaaa@chat.example'))
    if (process.argv[2] === 'stay') setInterval(() => {}, 1_000)`
  const start = (how: string) =>
    spawn(process.execPath, ['--input-type=module', '-e', program, directory, how], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  const other = start('stay')
  const [said] = await once(other.stdout, 'data')
  expect(String(said)).toBe('true\n')
  const own = store()
  expect((await own.load()).map(({ address }) => address)).toEqual(['ci-bbbbbb@chat.example'])
  expect(await own.claim?.('ci-aaaaaa@chat.example')).toBe(false)
  expect(await own.claim?.('ci-bbbbbb@chat.example')).toBe(true)
  other.kill('SIGKILL')
  await once(other, 'exit')
  // It left its lock behind.
  const folder = join(directory, 'accounts', 'chat.example')
  expect(await readdir(folder)).toContain('ci-aaaaaa%40chat.example.pid')
  expect(await store().load()).toHaveLength(2)
  const next = start('end')
  const [claimed] = await once(next.stdout, 'data')
  expect(String(claimed)).toBe('true\n')
  await once(next, 'exit')
  expect(await readdir(folder)).not.toContain('ci-aaaaaa%40chat.example.pid')
  expect(await own.claim?.('ci-aaaaaa@chat.example')).toBe(true)
  expect(notes).toEqual([])
})
