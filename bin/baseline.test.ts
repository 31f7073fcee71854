// Earlier results as flags name them, and what a slowdown does to the exit code.
import { EventEmitter } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Result } from '../harness/result/schema.ts'
import { days } from '../reports/golden/load-samples.ts'
import { renderJson } from '../reports/json.ts'
import { readBaseline, withBaseline } from './baseline.ts'
import { keepRun } from './history.ts'
import { main } from './main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baseline-'))
})
afterAll(() => rm(folder, { recursive: true }))

const io = (state: string) => {
  const said = { stdout: '', stderr: '' }
  return {
    said,
    stdout: { write: (text: string) => (said.stdout += text) },
    stderr: { write: (text: string) => (said.stderr += text) },
    env: { XDG_STATE_HOME: join(folder, state) },
    cwd: folder,
    signals: new EventEmitter(),
    exit() {},
  }
}

const [early, late] = [days.slice(6, 15).filter((_, at) => at !== 3), days.at(-1)]
if (late === undefined) throw new Error('there are days')
const fine: Result = { ...late, gate: { ...late.gate, exitCode: 0, verdict: 'conforms' } }

describe('--baseline', () => {
  it('takes files, folders and the history', async () => {
    const one = io('one')
    for (const [at, day] of early.entries()) await writeFile(join(folder, `${at}.json`), renderJson(day))
    await keepRun(fine, one.env)
    expect(await readBaseline(['0.json', '1.json'], one)).toHaveLength(2)
    expect(await readBaseline([folder, 'history'], one)).toHaveLength(early.length + 1)
    await expect(readBaseline(['nowhere.json'], one)).rejects.toThrow('--baseline: cannot read')
  })

  it('fails a run that is slower twice, and no other', async () => {
    const slow = await withBaseline(fine, early, async () => fine)
    expect(slow.gate).toMatchObject({ exitCode: 1, verdict: 'fails' })
    expect(slow.gate.reason).toBe(`slower than ${early.length} earlier runs: delivery p50, delivery p95`)
    const [once] = early
    expect((await withBaseline(fine, early, async () => once)).gate).toEqual(fine.gate)
    expect((await withBaseline(fine, early, async () => undefined)).gate).toEqual(fine.gate)
    expect((await withBaseline(fine, early.slice(0, 4), async () => fine)).gate).toEqual(fine.gate)
    expect(await withBaseline(fine, undefined, async () => fine)).toBe(fine)
  })

  it('leaves a graver verdict alone', async () => {
    const error: Result = { ...fine, gate: { ...fine.gate, exitCode: 4, verdict: 'error' } }
    expect((await withBaseline(error, early, async () => error)).gate).toEqual(error.gate)
  })
})

describe('chatmail-check history', () => {
  it('shows the runs that were kept, in each format, and says when there is none', async () => {
    const two = io('two')
    expect(await main(['history'], two)).toBe(2)
    expect(two.said.stderr).toContain('no run is kept')
    for (const day of days) await keepRun(day, two.env)
    expect(await main(['history', 'chat.example'], two)).toBe(0)
    expect(two.said.stdout).toContain('chat.example  check  24 runs')
    two.said.stdout = ''
    expect(await main(['history', '--format', 'html', '--lang', 'it'], two)).toBe(0)
    expect(two.said.stdout).toContain('<html lang="it">')
    two.said.stdout = ''
    expect(await main(['history', '--format', 'json'], two)).toBe(0)
    expect(JSON.parse(two.said.stdout)[0].runs).toHaveLength(24)
    expect(await main(['history', 'nowhere.example'], two)).toBe(2)
  })
})
