// Differences of pairs: where their middle is, and how sure that is (Wilcoxon's signed ranks, Hodges and Lehmann's estimate).
// Heavy tails and drift do it no harm. Pure. Used to tell whether one server is slower than another.
import type { Interval } from './statistics.ts'

export interface Shift extends Interval {
  /** Hodges-Lehmann: the middle of all averages of two differences. NaN of none. */
  readonly estimate: number
}

/**
 * `below` and `above`: probabilities that the true shift lies under `low`, over `high`. An end is infinite when there are too
 * few pairs to be so sure.
 */
export function pairedShift(differences: readonly number[], below: number, above: number): Shift {
  const averages = walshAverages(differences)
  const middle = averages.length / 2
  const at = (index: number): number => averages[index] ?? Number.NaN
  const estimate = averages.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2
  const lowest = criticalRank(differences.length, below)
  const highest = criticalRank(differences.length, above)
  return {
    estimate,
    low: lowest === undefined ? Number.NEGATIVE_INFINITY : at(lowest),
    high: highest === undefined ? Number.POSITIVE_INFINITY : at(averages.length - 1 - highest),
  }
}

/** The averages of all pairs of differences, each with itself too, in order. */
function walshAverages(differences: readonly number[]): Float64Array {
  const averages = new Float64Array((differences.length * (differences.length + 1)) / 2)
  let at = 0
  for (const [index, one] of differences.entries())
    for (const other of differences.slice(index)) averages[at++] = (one + other) / 2
  return averages.sort()
}

/** The highest rank sum whose probability to be that low, or lower, is at most `alpha`; undefined when none is. Exact. */
function criticalRank(n: number, alpha: number): number | undefined {
  const chance = rankSumChances(n)
  let sum = 0
  for (const [rank, one] of chance.entries()) {
    sum += one
    if (sum > alpha) return rank === 0 ? undefined : rank - 1
  }
  return undefined
}

const known = new Map<number, Float64Array>()

/** Of every sum of signed ranks when there is no shift. Asked for again and again with the same few numbers of pairs. */
function rankSumChances(n: number): Float64Array {
  const before = known.get(n)
  if (before !== undefined) return before
  const top = (n * (n + 1)) / 2
  const chance = new Float64Array(top + 1)
  chance[0] = 1
  for (let rank = 1, reached = 0; rank <= n; rank++) {
    reached += rank
    for (let sum = reached; sum >= 0; sum--) {
      chance[sum] = ((chance[sum] ?? 0) + (sum >= rank ? (chance[sum - rank] ?? 0) : 0)) / 2
    }
  }
  known.set(n, chance)
  return chance
}
