// The step of action.yml, run as GitHub runs it, with a program in place of npx that notes how it was called.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const text = readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8')

/** Names directly below a key that begins a line. */
function namesUnder(key: string): string[] {
  const [, block = ''] = new RegExp(`^${key}:\\n((?: .*\\n)+)`, 'm').exec(text) ?? []
  return [...block.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name = '']) => name)
}

it('calls the program with the inputs as they are, whatever they hold, and ends with its code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'action-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'npx'), '#!/bin/sh\nprintf "%s\\n" "$@" > "$NOTED"\nexit 3\n', { mode: 0o755 })
  const [, script = ''] = /^ {6}run: \|\n((?: {8}.*\n)+)/m.exec(text) ?? []
  const noted = join(folder, 'noted')
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      NOTED: noted,
      HOSTS: 'a.example `touch>bad` *',
      PROFILE: 'quick',
      FAIL_ON: 'must',
      ARGS: '--wait 60s',
      VERSION: '1.2.3',
      OUT: 'out put',
    },
  })
  expect([status, String(stderr)]).toEqual([3, ''])
  expect(readFileSync(noted, 'utf8').trimEnd().split('\n')).toEqual([
    ...['--yes', 'chatmail-check@1.2.3', 'a.example', '`touch>bad`', '*', '--profile', 'quick'],
    ...['--fail-on', 'must', '--out', 'out put', '--format', 'terminal,json,junit,html', '--wait', '60s'],
  ])
})

it('hands every input over by the environment, and the outputs that the program writes', () => {
  const used = [...text.matchAll(/^ {8}[A-Z_]+: \$\{\{ inputs\.([a-z-]+) \}\}$/gm)].map(([, name = '']) => name)
  expect(used.sort()).toEqual(namesUnder('inputs').sort())
  expect(namesUnder('outputs')).toEqual(['verdict', 'failed', 'report'])
})
