// The slowest pair of a matrix, and whose fault it is, by the shares of the hosts. Pure. Used by the reports of a comparison.
import type { Pair, Pairing } from './comparison.ts'

type Shares = NonNullable<Pairing['shares']>

/** Why the pairs of a matrix do not tell the shares of its hosts. */
export const apartReasons = {
  hosts: 'fewer than three hosts sent and received',
  pairs: 'there are too few pairs for so many hosts',
  groups: 'the hosts fall into groups without mail between them',
  undelivered: 'no pair delivered half of its messages',
} as const

export interface Blame {
  readonly from: string
  readonly to: string
  /** The middle of the pair; Infinity where half of its messages did not come. */
  readonly ms: number
  /** What stands out of the noise and adds most; `chance` where nothing does. */
  readonly whose: 'sender' | 'receiver' | 'pair' | 'chance'
  /** Milliseconds that it adds; Infinity for messages that did not come. */
  readonly adds: number
}

/** The slowest pair, and what makes it slow. Undefined where nothing was measured. */
export function blameFor(pairs: readonly Pair[], shares: Shares): Blame | undefined {
  const [slowest] = pairs
    .filter(({ samples, lost }) => samples.length + lost > 0)
    .map((pair) => ({ from: pair.from, to: pair.to, ms: middleOf(pair) }))
    .sort((a, b) => b.ms - a.ms)
  if (slowest === undefined) return undefined
  const { from, to, ms } = slowest
  const out = shares.outbound.find(({ host }) => host === from)
  const into = shares.inbound.find(({ host }) => host === to)
  const residue = shares.residues.find((left) => left.from === from && left.to === to)?.ms ?? Number.POSITIVE_INFINITY
  const candidates = [
    { whose: 'sender', adds: out?.ms ?? 0, stands: (out?.interval.low ?? 0) > 0 },
    { whose: 'receiver', adds: into?.ms ?? 0, stands: (into?.interval.low ?? 0) > 0 },
    // Three spreads: less would be seen by chance in a matrix of this size.
    { whose: 'pair', adds: residue, stands: residue > 3 * shares.noise && residue > 0 },
  ] as const
  const [most] = candidates.filter(({ stands }) => stands).sort((a, b) => b.adds - a.adds)
  return { from, to, ms, whose: most?.whose ?? 'chance', adds: most?.adds ?? 0 }
}

/** The middle of a pair, lost messages counted as later than all others. */
export function middleOf({ samples, lost }: Pick<Pair, 'samples' | 'lost'>): number {
  const all = [...samples, ...Array.from({ length: lost }, () => Number.POSITIVE_INFINITY)].sort((a, b) => a - b)
  const [low, high] = [all[(all.length - 1) >> 1] ?? Number.NaN, all[all.length >> 1] ?? Number.NaN]
  return low === high ? low : (low + high) / 2
}
