import { describe, expect, it } from 'vitest'
import { createRandom } from '../../harness/mail/random.ts'
import { fuzz } from './fuzz.ts'
import { mutate } from './mutate.ts'

describe('fuzzing', () => {
  it('finds nothing in five seconds', { timeout: 60_000 }, async () => {
    const { found, inputs } = await fuzz({ seconds: 5, seed: 1 })
    // The whole of an input is too long for a message: `npm run fuzz -- --seed 1` shows it.
    expect(found.map(({ target, kind, text }) => `${target}: ${kind}: ${text.slice(0, 500)}`)).toEqual([])
    expect(inputs).toBeGreaterThan(50)
  })

  const planted = { seed: 1, module: new URL('test-planted.ts', import.meta.url).href, heap: 64 }
  it.for([
    ['crashes', 'crash'],
    ['crashes later', 'crash'],
    ['hangs', 'hang'],
    ['fills the heap', 'memory'],
    ['fills memory', 'memory'],
    ['is slow', 'slow'],
  ] as const)('finds out that a reader %s', { timeout: 120_000 }, async ([only, kind]) => {
    const { found } = await fuzz({ ...planted, only, seconds: 4, enough: 1, hang: kind === 'hang' ? 2_000 : 60_000 })
    expect(found.map((one) => [one.target, one.kind])).toContainEqual([only, kind])
    const [first] = found
    expect(Buffer.from(first?.input ?? '', 'base64').includes('!')).toBe(true)
  })

  it('lets a sound reader go', { timeout: 60_000 }, async () => {
    const { found, inputs } = await fuzz({ ...planted, only: 'sound', seconds: 1 })
    expect([found, inputs > 10]).toEqual([[], true])
  })

  it('makes the same octets of the same seed, within bounds', () => {
    const make = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 300 }, () => mutate(random, [Buffer.from('a line\r\n')], ['word']))
    }
    expect(make(7)).toEqual(make(7))
    expect(make(7)).not.toEqual(make(8))
    expect(Math.max(...make(7).map(({ length }) => length))).toBeLessThanOrEqual(512 * 1024)
  })
})
