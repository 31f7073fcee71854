// CPU time of this process for an operation, and percentiles. Used by the bench.

export interface Cost {
  /** CPU, user and system, of this process alone. */
  readonly microseconds: number
  readonly wall: number
}

/** Runs `count` operations; cost of one. */
export async function costOf(count: number, run: () => Promise<void>): Promise<Cost> {
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

/** Both sides in turn, several times after one warm-up; the median of each, so that neither has the better moment. */
export async function contest(
  description: Pick<Contest, 'title' | 'unit' | 'against'>,
  count: number,
  ours: (count: number) => Promise<void>,
  theirs: (count: number) => Promise<void>,
  rounds = 5,
): Promise<Contest> {
  const costs: { ours: Cost[]; theirs: Cost[] } = { ours: [], theirs: [] }
  for (let round = 0; round <= rounds; round++) {
    const mine = await costOf(count, () => ours(count))
    const other = await costOf(count, () => theirs(count))
    if (round === 0) continue
    costs.ours.push(mine)
    costs.theirs.push(other)
  }
  return { ...description, ours: median(costs.ours), theirs: median(costs.theirs) }
}

function median(costs: Cost[]): Cost {
  const sorted = costs.sort((a, b) => a.microseconds - b.microseconds)
  return sorted[Math.floor(sorted.length / 2)] ?? { microseconds: 0, wall: 0 }
}

/** `share` from 0 to 1, nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
