import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conforming } from '../reports/golden/samples.ts'
import { keepRun, readKept } from './history.ts'
import type { Io } from './io.ts'

let state = ''
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'state-'))
})
afterAll(() => rm(state, { recursive: true }))

const ioWith = (folder: string): Io => ({
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { XDG_STATE_HOME: folder },
  cwd: folder,
  signals: { on() {}, off() {} },
  exit() {},
})

describe('the history of runs', () => {
  it('says so when there is none', async () => {
    await expect(readKept('last', ioWith(state))).rejects.toThrow('no run is kept yet')
  })

  it('gives back the latest run, readable by its owner alone', async () => {
    const { env } = ioWith(state)
    await keepRun(conforming, env)
    const file = await keepRun({ ...conforming, started: '2026-03-02T12:00:00.000Z', seed: 8 }, env)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readKept('last', ioWith(state))).seed).toBe(8)
    expect((await readKept(file, ioWith(state))).seed).toBe(8)
  })

  it('keeps fifty', async () => {
    const { env } = ioWith(state)
    for (let day = 0; day < 55; day++) {
      await keepRun({ ...conforming, started: new Date(Date.UTC(2027, 0, 1 + day)).toISOString(), seed: day }, env)
    }
    expect(await readdir(join(state, 'chatmail-check', 'runs'))).toHaveLength(50)
    expect((await readKept('last', ioWith(state))).seed).toBe(54)
  })

  it('names a file that is no result', async () => {
    await expect(readKept('/dev/null', ioWith(state))).rejects.toThrow('/dev/null is not a result of chatmail-check')
    await expect(readKept('no-such', ioWith(state))).rejects.toThrow('there is no such file')
  })
})
