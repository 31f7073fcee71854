// CPU time of this process for an operation, ratios between two ways of doing it, and percentiles. Used by the bench.

/** Middle value, and the lowest and the highest. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: percentile(values, 0.5), least: Math.min(...values), most: Math.max(...values) }
}

export interface Contest {
  readonly title: string
  readonly unit: string
  readonly against: string
  /** Microseconds of CPU, user and system, of this process alone, for one unit. */
  readonly ours: Spread
  readonly theirs: Spread
  /** Ours through theirs, round by round. */
  readonly ratio: Spread
}

/** Rounds not counted: both sides are to be compiled and warm. */
const warmUp = 2

/** Both sides in turn, several times after the warm-up. Either side gives the microseconds of one operation. */
export async function contest(
  description: Pick<Contest, 'title' | 'unit' | 'against'>,
  sides: { readonly ours: () => Promise<number>; readonly theirs: () => Promise<number> },
  rounds = 21,
): Promise<Contest> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < warmUp + rounds; round++) {
    const mine = await sides.ours()
    const other = await sides.theirs()
    if (round < warmUp) continue
    ours.push(mine)
    theirs.push(other)
  }
  const ratios = ours.map((mine, round) => mine / (theirs[round] ?? Number.NaN))
  return { ...description, ours: spreadOf(ours), theirs: spreadOf(theirs), ratio: spreadOf(ratios) }
}

/** Microseconds of CPU for one of `count` operations, all in this process. */
export async function costOf(count: number, run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / count
}

/** `share` from 0 to 1, nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
