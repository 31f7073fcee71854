// Shares of a run, striped as k6's execution segments are: every thread knows from its own share alone which virtual users
// and which starts are its own, and together they are exactly the whole. Used by all executors.

/** Lengths in whole numbers: 1, 2, 1 are a quarter, a half, a quarter. */
export interface Segment {
  readonly lengths: readonly number[]
  /** Which of them is ours. */
  readonly index: number
  /** The segment that is shared out here; the whole run when absent. */
  readonly within?: Segment
}

export const wholeRun: Segment = { lengths: [1], index: 0 }

/** Which elements of an endless row (virtual users, starts) belong to a segment: the same pattern in every block. */
export interface Stripes {
  readonly block: number
  /** Places within the first block, from 0, in order. */
  readonly places: readonly number[]
}

export function stripesOf(segment: Segment): Stripes {
  const own = stripesAmong(segment)
  return segment.within === undefined ? own : inside(stripesOf(segment.within), own)
}

/** Of the elements of `outer`, counted on their own, those that `inner` has. */
function inside(outer: Stripes, inner: Stripes): Stripes {
  const repeats = outer.places.length
  const places = Array.from({ length: repeats * inner.places.length }, (_, n) => elementAt(outer, elementAt(inner, n)))
  return { block: outer.block * inner.block, places }
}

/** Each element goes to the largest segment that has had less than its share; of equal ones to the first. */
function stripesAmong({ lengths, index }: Segment): Stripes {
  const divisor = lengths.reduce(greatestCommonDivisor)
  const shares = lengths.map((length, at) => ({ share: length / divisor, at })).sort((a, b) => b.share - a.share)
  const block = shares.reduce((sum, { share }) => sum + share, 0)
  const given = shares.map(() => 0)
  const places: number[] = []
  for (let element = 0; element < block; element++) {
    const next = shares.findIndex(
      ({ share }, at) => (given[at] ?? 0) * block <= element * share && (given[at] ?? 0) < share,
    )
    given[next] = (given[next] ?? 0) + 1
    if (shares[next]?.at === index) places.push(element)
  }
  return { block, places }
}

/** How many of the first `count` elements are ours. */
export function scale({ block, places }: Stripes, count: number): number {
  const rest = count % block
  return Math.floor(count / block) * places.length + places.filter((place) => place < rest).length
}

/** The element in the whole row, from 0, that is our `n`th, from 0. */
export function elementAt({ block, places }: Stripes, n: number): number {
  return Math.floor(n / places.length) * block + (places[n % places.length] ?? 0)
}

/**
 * The same shares, but weighed by how many of `count` virtual users each has: who has none gets no iterations either.
 * Undefined when that is us.
 */
export function rescaled(segment: Segment, count: number): Segment | undefined {
  const counts = segment.lengths.map((_, index) => scale(stripesOf({ ...segment, index }), count))
  if ((counts[segment.index] ?? 0) === 0) return undefined
  const lengths = counts.filter((each) => each > 0)
  const own = { lengths, index: counts.slice(0, segment.index).filter((each) => each > 0).length }
  const within = segment.within && rescaled(segment.within, count)
  return within === undefined ? own : { ...own, within }
}

/** One of `parts` equal shares, as k6 writes it: `0:1/2`, `1/3:2/3`. Undefined for what is none. */
export function parseSegment(text: string): Segment | undefined {
  const [from, to] = text.split(':').map(parseFraction)
  if (from === undefined || to === undefined || text.split(':').length !== 2) return undefined
  const parts = 1 / (to - from)
  const index = from * parts
  const [whole, place] = [Math.round(parts), Math.round(index)]
  // Machines that know only their own share agree on who does what when all shares are equal.
  if (!(whole >= 1) || place < 0 || place >= whole) return undefined
  if (Math.abs(whole - parts) > 1e-6 * whole || Math.abs(place - index) > 1e-6 * whole) return undefined
  return { lengths: Array.from({ length: whole }, () => 1), index: place }
}

function parseFraction(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(text.trim())
  if (match === null) return undefined
  return Number(match[1]) / Number(match[2] ?? 1)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
