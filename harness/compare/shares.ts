// Whose fault is a slow pair? Takes the times of messages between hosts apart: what each adds as sender, what as receiver, and
// what is left of a pair. Only differences between hosts can be told: the shares of each side sum to zero. Pure.
import { apartReasons, middleOf } from '../result/blame.ts'
import type { Pair, Pairing, Share } from '../result/comparison.ts'
import { seededRandom } from '../result/statistics.ts'
import { type Entry, median, medianPolish, type Polished } from './median-polish.ts'

type Shares = NonNullable<Pairing['shares']>

const resamples = 300
/** All intervals of one matrix hold together so often. */
const confidence = 0.95

/** Shares, or why the pairs do not tell them. Pairs without a sample or a loss count for nothing. */
export function sharesOf(pairs: readonly Pair[], seed = 1): { shares: Shares } | { apart: string } {
  const measured = pairs.filter(({ samples, lost }) => samples.length + lost > 0)
  const senders = namesOf(measured.map(({ from }) => from))
  const receivers = namesOf(measured.map(({ to }) => to))
  const entries = measured.map((pair) => ({
    row: senders.indexOf(pair.from),
    column: receivers.indexOf(pair.to),
    value: middleOf(pair),
  }))
  const spare = entries.length - senders.length - receivers.length + 1
  if (senders.length < 3 || receivers.length < 3) return { apart: apartReasons.hosts }
  if (spare < 1) return { apart: apartReasons.pairs }
  if (!connected(entries, senders.length)) return { apart: apartReasons.groups }
  if (entries.every(({ value }) => !Number.isFinite(value))) return { apart: apartReasons.undelivered }
  const fitted = medianPolish(entries, senders.length, receivers.length)
  const bounds = intervals(entries, fitted, spare, seed)
  const shares = (names: readonly string[], effects: readonly number[], half: readonly number[]): Share[] =>
    names.map((host, at) => {
      const [ms, wide] = [effects[at] ?? 0, half[at] ?? 0]
      return { host, ms: rounded(ms), interval: { low: rounded(ms - wide), high: rounded(ms + wide) } }
    })
  return {
    shares: {
      typical: rounded(fitted.typical),
      outbound: shares(senders, fitted.rows, bounds.rows),
      inbound: shares(receivers, fitted.columns, bounds.columns),
      residues: measured.flatMap(({ from, to }, at) => {
        const ms = fitted.left[at] ?? 0
        return Number.isFinite(ms) ? [{ from, to, ms: rounded(ms) }] : []
      }),
      noise: rounded(1.4826 * median(fitted.left.filter(Number.isFinite).map(Math.abs))),
    },
  }
}

/**
 * Half-widths that all hold together: what is left of the pairs is drawn anew and put on the fit, and the fit repeated. The
 * same number of spreads for every share, wide enough for the worst of them (a max-t bootstrap). With few pairs to spare, what
 * is left looks smaller than the noise is: it is stretched by the degrees of freedom that the fit took.
 */
function intervals(entries: readonly Entry[], fitted: Polished, spare: number, seed: number) {
  const random = seededRandom(seed)
  const finite = fitted.left.filter(Number.isFinite)
  const stretch = Math.sqrt(entries.length / spare)
  const drawn = Array.from({ length: resamples }, () => {
    const again = entries.map((entry) => {
      if (!Number.isFinite(entry.value)) return entry
      const { row, column } = entry
      const noise = (finite[Math.floor(random() * finite.length)] ?? 0) * (random() < 0.5 ? -stretch : stretch)
      return { row, column, value: (fitted.rows[row] ?? 0) + (fitted.columns[column] ?? 0) + noise }
    })
    const { rows, columns } = medianPolish(again, fitted.rows.length, fitted.columns.length)
    return [
      ...rows.map((value, at) => value - (fitted.rows[at] ?? 0)),
      ...columns.map((value, at) => value - (fitted.columns[at] ?? 0)),
    ]
  })
  const n = fitted.rows.length + fitted.columns.length
  const spread = Array.from({ length: n }, (_, at) =>
    Math.sqrt(drawn.reduce((sum, off) => sum + (off[at] ?? 0) ** 2, 0) / resamples),
  )
  const worst = drawn
    .map((off) => Math.max(...off.map((value, at) => Math.abs(value) / Math.max(spread[at] ?? 0, 1e-9))))
    .sort((a, b) => a - b)
  // How large the noise is, is known from few pairs alone: what Student's t is wider than the normal, to the first order.
  const student = 1 + (1.96 ** 2 + 1) / (4 * spare)
  const factor = student * (worst[Math.ceil(confidence * resamples) - 1] ?? 0)
  const half = spread.map((value) => factor * value)
  return { rows: half.slice(0, fitted.rows.length), columns: half.slice(fitted.rows.length) }
}

/** Does every sender hang together with every other by way of receivers? */
function connected(entries: readonly Entry[], senders: number): boolean {
  const seen = new Set([0])
  for (let before = 0; before < seen.size; ) {
    before = seen.size
    const reached = new Set(entries.filter(({ row }) => seen.has(row)).map(({ column }) => column))
    for (const { row, column } of entries) if (reached.has(column)) seen.add(row)
  }
  return seen.size === senders
}

const namesOf = (names: readonly string[]): readonly string[] => [...new Set(names)].sort((a, b) => a.localeCompare(b))

const rounded = (ms: number): number => Math.round(ms * 100) / 100
