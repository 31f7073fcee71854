import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Plot } from '../host/plot.ts'
import { plotFile } from './plot-file.ts'

let directory = ''
let notes: string[] = []
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plot-'))
  notes = []
})
afterEach(() => rm(directory, { recursive: true }))

const open = (host = 'chat.example') => plotFile({ host, directory, onNote: (text) => notes.push(text) })

const plot: Plot = {
  account: { address: 'ci-abc123@chat.example', password: 'secret' },
  uidValidity: 7,
  uidNext: 3,
  rounds: [
    {
      planted: 1_000,
      messages: [{ kind: 'old', mailbox: 'INBOX', messageId: '<1@chat.example>', date: 5, seen: 6, gone: 9 }],
    },
  ],
}

it('gives back what was saved, to the same host alone, and lets nobody else read it', async () => {
  expect(await open().load()).toBeUndefined()
  await open().save(plot)
  expect(await open('CHAT.example').load()).toEqual(plot)
  expect(await open('other.example').load()).toBeUndefined()
  expect((await stat(join(directory, 'planted', 'chat.example.json'))).mode & 0o777).toBe(0o600)
  expect(notes).toEqual([])
})

it.for([
  '{',
  '[]',
  '{"account": {"address": "a@b"}}',
  JSON.stringify({ ...plot, rounds: [{ planted: 'x', messages: [] }] }),
])('moves %s aside, and begins anew', async (text) => {
  await open().save(plot)
  const file = join(directory, 'planted', 'chat.example.json')
  await writeFile(file, text)
  expect(await open().load()).toBeUndefined()
  expect(notes).toEqual([expect.stringContaining('is damaged; moved aside to')])
  const [aside = ''] = await readdir(join(directory, 'planted'))
  expect(await readFile(join(directory, 'planted', aside), 'utf8')).toBe(text)
  await open().save(plot)
  expect(await open().load()).toEqual(plot)
})

it('never stops a run', async () => {
  await writeFile(join(directory, 'planted'), 'a file where the folder belongs')
  await open().save(plot)
  expect(await open().load()).toBeUndefined()
  expect(notes).toEqual([
    expect.stringContaining('is not noted for a later run'),
    expect.stringContaining('cannot be read'),
  ])
})
