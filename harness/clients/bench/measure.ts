// CPU time of this process for an operation, and percentiles. Used by the bench.

interface Cost {
  /** CPU, user and system, of this process alone. */
  readonly microseconds: number
  readonly wall: number
}

/** Runs `count` operations; cost of one. */
async function costOf(count: number, run: () => Promise<void>): Promise<Cost> {
  const began = performance.now()
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return { microseconds: (user + system) / count, wall: ((performance.now() - began) * 1000) / count }
}

export interface Contest {
  readonly title: string
  readonly unit: string
  readonly ours: Cost
  readonly theirs: Cost
  readonly against: string
}

/** Rounds not counted: both sides are to be compiled and warm. */
const warmUp = 2

/**
 * Both sides in turn, several times after the warm-up; the cheapest round of each. What else the machine does can only
 * add to the cost of a round, so that the cheapest is the nearest to the truth.
 */
export async function contest(
  description: Pick<Contest, 'title' | 'unit' | 'against'>,
  count: number,
  ours: (count: number) => Promise<void>,
  theirs: (count: number) => Promise<void>,
  rounds = 7,
): Promise<Contest> {
  const costs: { ours: Cost[]; theirs: Cost[] } = { ours: [], theirs: [] }
  for (let round = 0; round < warmUp + rounds; round++) {
    const mine = await costOf(count, () => ours(count))
    const other = await costOf(count, () => theirs(count))
    if (round < warmUp) continue
    costs.ours.push(mine)
    costs.theirs.push(other)
  }
  return { ...description, ours: cheapest(costs.ours), theirs: cheapest(costs.theirs) }
}

function cheapest(costs: readonly Cost[]): Cost {
  return costs.reduce((best, cost) => (cost.microseconds < best.microseconds ? cost : best))
}

/** `share` from 0 to 1, nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
