// A seed of its own for each try of each check, so that what one draws does not depend on what ran beside it.

/** FNV-1a over the run's seed, the unit and the try: a number from 0 to 2^32 - 1. */
export function deriveSeed(seed: number, id: string, attempt: number): number {
  let hash = 0x811c9dc5
  for (const letter of `${seed}/${id}/${attempt}`) {
    hash ^= letter.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}
