import { execFileSync } from 'node:child_process'
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeWhole } from './write-whole.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('makes folders, replaces the file and leaves nothing beside it', async () => {
  const path = join(folder, 'a', 'b', 'page.html')
  await writeWhole(path, 'one')
  await writeWhole(path, 'two')
  expect(await readFile(path, 'utf8')).toBe('two')
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['page.html'])
})

it('follows a link, and keeps it', async () => {
  const [link, file] = [join(folder, 'link'), join(folder, 'file')]
  await writeFile(file, 'old')
  await symlink('file', link)
  await writeWhole(link, 'new')
  expect((await lstat(link)).isSymbolicLink()).toBe(true)
  expect(await readFile(file, 'utf8')).toBe('new')
})

it('writes into a pipe, and takes the place of none', async () => {
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const [text] = await Promise.all([readFile(pipe, 'utf8'), writeWhole(pipe, 'through')])
  expect(text).toBe('through')
  expect((await lstat(pipe)).isFIFO()).toBe(true)
})
