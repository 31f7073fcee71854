import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { followCommand } from './follow-command.ts'

const cwd = tmpdir()

function follow(command: string) {
  const lines: string[] = []
  const ends: string[] = []
  const following = followCommand(command, {
    cwd,
    onLine: (line) => lines.push(line),
    onEnd: (reason) => ends.push(reason),
  })
  return { lines, ends, following }
}

it('gives lines as they come, the last one without its end, too', async () => {
  const { lines, ends } = follow(`printf 'one\\r\\ntwo\\n\\nthree'`)
  await vi.waitFor(() => expect(ends).toEqual(['it ended with code 0']))
  expect(lines).toEqual(['one', 'two', '', 'three'])
})

it('follows a file, and is over when told so, with all it has started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'follow-'))
  const file = join(folder, 'mail.log')
  await writeFile(file, 'before\n')
  const { lines, ends, following } = follow(`tail -n 1 -F ${file} | cat`)
  await vi.waitFor(() => expect(lines).toEqual(['before']))
  await appendFile(file, 'after\n')
  await vi.waitFor(() => expect(lines).toEqual(['before', 'after']), { timeout: 5_000 })
  await following[Symbol.asyncDispose]()
  await following[Symbol.asyncDispose]()
  expect(ends).toEqual([])
  await rm(folder, { recursive: true })
})

it('leaves nothing behind when the process ends at once', async () => {
  const module = JSON.stringify(new URL('follow-command.ts', import.meta.url).href)
  const options = `{ cwd: '/', onLine: (line) => { console.log(line); process.exit(3) }, onEnd() {} }`
  const script = `const { followCommand } = await import(${module}); followCommand('echo $$; sleep 60', ${options})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += chunk))
  expect(await once(child, 'close')).toEqual([3, null])
  const shell = Number(printed)
  expect(shell).toBeGreaterThan(1)
  await vi.waitFor(() => expect(() => process.kill(shell, 0)).toThrow('ESRCH'), { timeout: 5_000 })
})

it('ends a command that does not want to end', async () => {
  const { lines, ends, following } = follow(`trap '' TERM; echo ready; while :; do sleep 0.1; done`)
  await vi.waitFor(() => expect(lines).toEqual(['ready']))
  await following[Symbol.asyncDispose]()
  expect(ends).toEqual([])
})

it('says why a command failed, in its own last words', async () => {
  const { ends } = follow('echo first >&2; echo no such journal >&2; exit 3')
  await vi.waitFor(() => expect(ends).toEqual(['it ended with code 3: no such journal']))
})

it('keeps no line without end', async () => {
  const { lines, ends } = follow(`head -c 300000 /dev/zero | tr '\\0' x; echo; echo next`)
  await vi.waitFor(() => expect(ends).toHaveLength(1))
  expect(lines.at(-1)).toBe('next')
  expect(lines[0]?.length).toBeLessThan(150_000)
})
