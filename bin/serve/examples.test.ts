// The examples of the guide: they run, and the guide shows them word by word.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { launcher } from './test-process.ts'

const run = promisify(execFile)

/** Other people's programs on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })
const docs = join(import.meta.dirname, '..', '..', 'docs')
const example = (name: string) => join(docs, 'examples', name)
const env = { ...process.env, CHATMAIL_CHECK: `${process.execPath} ${launcher}` }

const works = (program: string, args: readonly string[]) =>
  run(program, args).then(
    () => true,
    () => false,
  )
/** Debian has pytest for its own Python alone, which need not be the first in PATH. */
const pythons = ['python3', '/usr/bin/python3']
const able = await Promise.all(pythons.map((python) => works(python, ['-m', 'pytest', '--version'])))
const python = pythons.find((_, at) => able[at])
const hasCurl = await works('curl', ['--version'])

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('shows every example word by word', async () => {
  const guide = await readFile(join(docs, 'reference-server.md'), 'utf8')
  const names = (await readdir(join(docs, 'examples'))).filter((name) => !name.startsWith('_'))
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) {
    const text = await readFile(example(name), 'utf8')
    expect(guide.includes(`\n${text}\`\`\`\n`), name).toBe(true)
  }
})

it.skipIf(python === undefined)('runs the pytest example (needs pytest)', async () => {
  const options = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--rootdir', folder]
  const quiet = { ...env, PYTHONDONTWRITEBYTECODE: '1' }
  const { stdout } = await run(python ?? '', [...options, example('test_relay.py')], { env: quiet })
  expect(stdout).toContain('2 passed')
})

it.skipIf(!hasCurl)('runs the shell example (needs curl)', async () => {
  const { stdout } = await run('sh', [example('relay.sh')], { env })
  expect(stdout).toContain('Hello.')
  expect(stdout.trimEnd().endsWith('"messages":[]}')).toBe(true)
})

it('runs the JavaScript example', async () => {
  const source = pathToFileURL(join(import.meta.dirname, '..', 'server.ts')).href
  const file = join(folder, 'relay.test.mjs')
  const text = await readFile(example('relay.test.mjs'), 'utf8')
  await writeFile(file, text.replace('chatmail-check/server', source))
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', file], { env: withoutVitest() })
  expect(stdout).toContain('# pass 2')
})

/** node:test takes a parent that sets NODE_TEST_CONTEXT for itself. */
function withoutVitest(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...others } = env as NodeJS.ProcessEnv
  return others
}
