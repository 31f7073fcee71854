// Which hosts send mail to which, for the matrix of a comparison: all to all, or six neighbours each in a ring that the seed
// deals anew. Pure.
import { seededRandom } from '../result/statistics.ts'

/** Both directions of each pair stand next to each other. */
export interface PlannedPair {
  readonly from: string
  readonly to: string
}

/** Neighbours on each side of the ring. */
const eachSide = 3

export function planPairs(hosts: readonly string[], kind: 'sparse' | 'full', seed: number): readonly PlannedPair[] {
  const ring = dealt(hosts, seed)
  const reach = kind === 'full' ? ring.length : eachSide
  const couples = ring.flatMap((from, at) =>
    Array.from({ length: Math.min(reach, ring.length - 1) }, (_, step) => [
      from,
      ring[(at + step + 1) % ring.length] ?? from,
    ]),
  )
  const met = new Set<string>()
  return couples.flatMap(([a = '', b = '']) => {
    const key = [a, b].sort().join(' ')
    if (met.has(key)) return []
    met.add(key)
    return [
      { from: a, to: b },
      { from: b, to: a },
    ]
  })
}

/** In an order that depends on the seed and on the names alone. */
function dealt(hosts: readonly string[], seed: number): readonly string[] {
  const random = seededRandom(seed)
  return [...hosts]
    .sort((a, b) => a.localeCompare(b, 'en'))
    .map((host) => ({ host, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ host }) => host)
}
