// The workflow that makes a release: its steps are scripts of this repository, and it attaches what they make.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { platforms } from './node-program.ts'

const root = join(import.meta.dirname, '..')
const { on, permissions, jobs } = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8'))
const steps: readonly { run?: string; uses?: string; 'working-directory'?: string }[] = jobs.programs.steps
const commands = steps.flatMap(({ run }) => run ?? [])

it('runs scripts of package.json alone, and is started by a tag', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const names = commands.flatMap((run) => /^npm (?:run )?(\w+)$/.exec(run)?.[1] ?? []).filter((name) => name !== 'ci')
  expect(names).toEqual(['test', 'standalone'])
  for (const name of names) expect(Object.keys(scripts)).toContain(name)
  expect([on.push.tags, permissions]).toEqual([['v*'], { contents: 'write' }])
})

it('attaches every program, the licences and the digests, from the folder where they are', () => {
  const programs = platforms.map((platform) => `chatmail-check-${platform}`)
  const published = steps.find(({ run }) => run?.startsWith('gh release create'))
  const attached = published?.run
    ?.split(' ')
    .filter((word) => /^[a-z]/.test(word))
    .slice(3)
  expect(attached).toEqual([...programs, 'licences.txt', 'sha256sums.txt'])
  const digested = steps.find(({ run }) => run?.startsWith('sha256sum'))
  expect(digested?.run).toBe(`sha256sum ${programs.join(' ')} > sha256sums.txt`)
  expect([published, digested].map((step) => step?.['working-directory'])).toEqual(['out', 'out'])
})
