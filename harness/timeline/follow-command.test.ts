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
