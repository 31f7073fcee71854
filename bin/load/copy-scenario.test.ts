// Scenarios as a user lists and copies them: complete, runnable, and never over a file that is there.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portabilityProblems } from '../../proof/portability.ts'
import { runMain } from '../test-main.ts'
import { shippedScenarios } from './shipped-scenarios.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copy-scenario-'))
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...args: readonly string[]) => runMain(args, { cwd: folder })

test('the list has every scenario with its question', async () => {
  const { stdout } = await run('scenarios')
  expect(stdout.trimEnd().split('\n')).toHaveLength(shippedScenarios.length)
  for (const { name } of shippedScenarios) expect(stdout).toMatch(new RegExp(`^${name} +.*`, 'm'))
  for (const { question } of shippedScenarios) expect(stdout).toContain(question)
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
})

test('a copy is the file as it is shipped, beside the user, and says how to run it', async () => {
  const { exitCode, stdout } = await run('scenarios', 'copy', 'burst', 'groups.ts')
  expect(exitCode).toBe(0)
  expect(stdout).toBe(
    'groups.ts is a copy of burst. Change it, and run it:\n  chatmail-check load groups.ts @reference\n',
  )
  const shipped = await readFile(new URL('../../scenarios/burst.ts', import.meta.url), 'utf8')
  expect(await readFile(join(folder, 'groups.ts'), 'utf8')).toBe(shipped)
})

test('a copy in JavaScript has no types, is as portable, and runs', { timeout: 60_000 }, async () => {
  await run('scenarios', 'copy', 'smoke', 'mine.js')
  const text = await readFile(join(folder, 'mine.js'), 'utf8')
  expect(text).not.toMatch(/import type|: Options/)
  expect(portabilityProblems(text)).toEqual([])
  const { exitCode, stdout } = await run('load', 'mine.js', '--quiet')
  expect([0, 99, 120]).toContain(exitCode)
  expect(stdout).toContain('3 messages due, 3 taken, 3 arrived')
})

test('without a name for it, the file has that of the scenario', async () => {
  const { stdout } = await run('scenarios', 'copy', 'federation')
  expect(stdout).toContain('chatmail-check load federation.ts @reference @reference:domain=other.test')
  expect(await readdir(folder)).toContain('federation.ts')
})

test('a file that is there stays as it is', async () => {
  await writeFile(join(folder, 'kept.ts'), 'mine')
  const { exitCode, stderr } = await run('scenarios', 'copy', 'steady', 'kept.ts')
  expect([exitCode, stderr]).toEqual([
    2,
    'chatmail-check: kept.ts is there already, and stays as it is\n  hint: name another FILE\n',
  ])
  expect(await readFile(join(folder, 'kept.ts'), 'utf8')).toBe('mine')
})

test.for([
  [['stedy'], 'unknown scenario "stedy"'],
  [['steady', 'mine.txt'], 'mine.txt: a scenario is a .ts or .js file'],
  [['steady', 'nowhere/mine.ts'], 'cannot write nowhere/mine.ts: there is no such folder'],
] as const)('%o is told in a line', async ([args, message]) => {
  const { exitCode, stderr } = await run('scenarios', 'copy', ...args)
  expect(exitCode).toBe(2)
  expect(stderr).toContain(message)
})
