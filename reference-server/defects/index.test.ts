// Holds the ids of defects apart: joined into one record, a second one of the same name would hide the first.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownDefects } from './index.ts'
import type { Defect } from './types.ts'

test('no two areas have a defect of the same name', async () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^[a-z-]+\.ts$/.test(name))
  const areas = files.filter((name) => !['index.ts', 'types.ts'].includes(name))
  const all: [string, Defect][] = []
  for (const file of areas) {
    const module: Record<string, Record<string, Defect>> = await import(join(import.meta.dirname, file))
    for (const record of Object.values(module)) all.push(...Object.entries(record))
  }
  const ids = all.map(([id]) => id)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  expect(new Set(ids)).toEqual(new Set(Object.keys(knownDefects)))
})
