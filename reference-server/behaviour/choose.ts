// Takes permitted choices by seed: seed 0 always takes the first, which is what the recorded relay does.

export function choose<T>(seed: number, key: string, choices: readonly [T, ...T[]]): T {
  if (seed === 0) return choices[0]
  return choices[hash(`${seed}/${key}`) % choices.length] ?? choices[0]
}

/** The list in another order, the same for the same seed; seed 0 keeps it. */
export function shuffle<T>(seed: number, key: string, list: readonly T[]): readonly T[] {
  if (seed === 0) return list
  return list
    .map((item, at) => ({ item, rank: hash(`${seed}/${key}/${at}`) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

/** FNV-1a with a final mix, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  }
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return (h ^ (h >>> 15)) >>> 0
}
