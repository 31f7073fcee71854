import { expect, it } from 'vitest'
import { createRandom } from './random.ts'

it('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed)
    return [random.uint32(), random.uuid(), random.hex(7), random.below(100), ...random.octets(9)]
  }
  expect(draw(1)).toEqual(draw(1))
  expect(draw(0)).not.toEqual(draw(1))
  expect(draw(0)[0]).not.toBe(0)
})

it('octets are spread evenly', () => {
  const counts = new Uint32Array(256)
  for (const octet of createRandom(3).octets(256 * 400)) counts[octet] = (counts[octet] ?? 0) + 1
  expect(Math.min(...counts)).toBeGreaterThan(300)
  expect(Math.max(...counts)).toBeLessThan(500)
})

it('below keeps its bounds and reaches them', () => {
  const random = createRandom(4)
  const drawn = new Set(Array.from({ length: 500 }, () => random.below(6)))
  expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4, 5])
})
