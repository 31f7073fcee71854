// What takes longer in the guides: the blocks marked ```sh nightly, with all before them.
import { expect, it } from 'vitest'
import { walkThrough } from './test-guide.ts'

it('compares two releases in turns', { timeout: 240_000 }, async () => {
  const done = await walkThrough('gate-a-release.md', { 'chat.example': {}, 'old.example': {}, 'new.example': {} })
  const compared = done.at(-1)
  expect(compared?.block).toContain('--interleave')
  // What it finds on a busy machine is its own matter: not slower, slower or not clear.
  expect([0, 1, 3], compared?.text).toContain(compared?.code)
  expect(compared?.text).toContain('new.example against old.example')
})

it('finds how many people a server carries', { timeout: 240_000 }, async () => {
  const found = (await walkThrough('how-many-people.md', { 'pi.example': {} })).at(-1)
  expect(found?.block).toContain('capacity')
  if (found?.code === 120) return
  expect(found?.code, found?.text).toBe(0)
  expect(found?.text).toMatch(/comfortable for at least about \d+ people/)
})
