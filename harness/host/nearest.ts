// The known word a mistyped one probably means: for hints of errors.

/** The closest of `known`, or undefined when none is near enough to suggest. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase()
  let best: string | undefined
  const tooFar = Math.max(1, Math.floor(word.length / 3)) + 1
  let least = tooFar
  for (const candidate of known) {
    const steps = editDistance(wanted, candidate.toLowerCase(), tooFar)
    // Of two equally near the one of the same length: letters are swapped more often than left out.
    if (steps < least || (steps === least && best?.length !== word.length && candidate.length === word.length)) {
      best = steps < tooFar ? candidate : best
      least = steps
    }
  }
  return best
}

/** Insertions, deletions, substitutions and swaps of neighbours; `limit` when it is that many or more. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let steps = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1)
      }
      row.push(steps)
    }
    before = previous
    previous = row
  }
  return Math.min(previous[b.length] ?? limit, limit)
}
