// Tukey's median polish of a table with gaps: a typical value, what each row adds, what each column adds, and what is left.
// Pure. Used by shares.ts.

/** One entry of a table; `value` may be Infinity: later than anybody waited. */
export interface Entry {
  readonly row: number
  readonly column: number
  readonly value: number
}

export interface Polished {
  readonly typical: number
  /** Each sums to zero over the rows, and over the columns: only differences can be told. NaN where there is no entry. */
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  /** In the order of the entries. */
  readonly left: readonly number[]
}

const mostRounds = 30
/** Milliseconds: a round that moves less changes nothing that matters. */
const still = 0.02

export function medianPolish(entries: readonly Entry[], rows: number, columns: number): Polished {
  const left = entries.map(({ value }) => value)
  const byRow = groups(entries, rows, ({ row }) => row)
  const byColumn = groups(entries, columns, ({ column }) => column)
  const effects = { rows: new Array<number>(rows).fill(0), columns: new Array<number>(columns).fill(0) }
  for (let round = 0; round < mostRounds; round++) {
    const moved = Math.max(sweep(left, byRow, effects.rows), sweep(left, byColumn, effects.columns))
    if (moved < still) break
  }
  const [row, column] = [centre(effects.rows, byRow), centre(effects.columns, byColumn)]
  return { typical: row.mean + column.mean, rows: row.effects, columns: column.effects, left }
}

/** The middle; of an even number the mean of both, unless one is infinite: then the smaller. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) return Number.NaN
  return Number.isFinite(high) ? (low + high) / 2 : low
}

/** Takes the median of each group out of what is left, and adds it to the group's effect. How far it moved at most. */
function sweep(left: number[], members: readonly (readonly number[])[], effects: number[]): number {
  let moved = 0
  for (const [at, group] of members.entries()) {
    const middle = median(group.map((index) => left[index] ?? Number.NaN))
    if (!Number.isFinite(middle)) continue
    for (const index of group) left[index] = (left[index] ?? 0) - middle
    effects[at] = (effects[at] ?? 0) + middle
    moved = Math.max(moved, Math.abs(middle))
  }
  return moved
}

function groups(entries: readonly Entry[], n: number, of: (entry: Entry) => number): readonly (readonly number[])[] {
  const members = Array.from({ length: n }, (): number[] => [])
  for (const [index, entry] of entries.entries()) members[of(entry)]?.push(index)
  return members
}

function centre(effects: readonly number[], members: readonly (readonly number[])[]) {
  const known = effects.filter((_, at) => (members[at]?.length ?? 0) > 0)
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  return { mean, effects: effects.map((value, at) => ((members[at]?.length ?? 0) > 0 ? value - mean : Number.NaN)) }
}
