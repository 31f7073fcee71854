// A machine that is busy with something else: a load run on it says nothing about the server, from arguments to exit code.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readResult } from '../../reports/json.ts'
import { runMain } from '../test-main.ts'

let folder = ''
let hogs: readonly ChildProcess[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'busy-machine-'))
  const burn = 'const end = Date.now() + 60_000; while (Date.now() < end);'
  hogs = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', burn], { stdio: 'ignore' }),
  )
})
afterAll(async () => {
  for (const hog of hogs) hog.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

it('a load run is invalid, whatever came of it, when others have all processors', { timeout: 60_000 }, async () => {
  const args = ['load', 'smoke', '@reference', '--format', 'terminal,json', '--out', 'report']
  const { exitCode, stdout } = await runMain(args, { cwd: folder })
  const { load, gate } = readResult(await readFile(join(folder, 'report', 'result.json'), 'utf8'))
  expect(load?.validity.find((one) => one.gate === 'processors')).toMatchObject({ holds: false })
  expect(stdout).toContain('INVALID: this says nothing about the server')
  expect(stdout).toMatch(/this machine had no processor to\s+spare/)
  expect([exitCode, gate.exitCode, gate.verdict]).toEqual([120, 120, 'undecided'])
})
