import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { privateFolder } from './private-folder.ts'

/** No process has it: the kernel's ids are shorter. */
const deadPid = 99_999_999

it('clears away what dead runs left, and leaves alone what runs in other containers have', async () => {
  const first = await privateFolder()
  const left = first.path.replace(`-${process.pid}-`, `-${deadPid}-`)
  const elsewhere = join(dirname(first.path), `chatmail-check-core-1-${deadPid}-other`)
  await Promise.all([left, elsewhere].map((path) => mkdir(path)))
  const second = await privateFolder()
  const found = [first.path, second.path, left, elsewhere].map(existsSync)
  await Promise.all([first.remove(), second.remove(), rm(elsewhere, { recursive: true, force: true })])
  expect(found).toEqual([true, true, false, true])
})
