import { describe, expect, it } from 'vitest'
import { planPairs } from './plan-pairs.ts'

const hosts = (n: number): string[] => Array.from({ length: n }, (_, at) => `host-${String(at).padStart(2, '0')}.test`)

describe('the pairs of a matrix', () => {
  it.for([2, 3, 5, 24])('are both directions of every two of %d hosts in a full one', (n) => {
    const pairs = planPairs(hosts(n), 'full', 1).map(({ from, to }) => `${from} ${to}`)
    expect(new Set(pairs).size).toBe(n * (n - 1))
    expect(pairs).toHaveLength(n * (n - 1))
    expect(pairs.some((pair) => pair.split(' ')[0] === pair.split(' ')[1])).toBe(false)
  })

  it('are six neighbours of each host in a sparse one, dealt anew by the seed', () => {
    const of = (seed: number) => planPairs(hosts(24), 'sparse', seed)
    for (const host of hosts(24)) {
      expect(of(1).filter(({ from }) => from === host)).toHaveLength(6)
      expect(of(1).filter(({ to }) => to === host)).toHaveLength(6)
    }
    expect(of(1)).toEqual(planPairs(hosts(24).toReversed(), 'sparse', 1))
    expect(of(1)).not.toEqual(of(2))
  })

  it('are the full ones where there are few hosts', () => {
    expect(planPairs(hosts(5), 'sparse', 1)).toHaveLength(20)
    expect(planPairs(hosts(1), 'sparse', 1)).toEqual([])
  })
})
