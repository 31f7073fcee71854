// Which rate to try next, from what came of those tried so far: pure, so that it can be tried on servers that are only imagined.
// Climbs until something gives way, halves the gap, and repeats both ends. Used by the capacity run.

export type StepVerdict = 'holds' | 'gives-way' | 'invalid'
export type Purpose = 'climb' | 'bisect' | 'confirm'

export interface Tried {
  /** Messages a second. */
  readonly rate: number
  readonly verdict: StepVerdict
}

export interface SearchOptions {
  /** First rate, and the highest that may be tried; messages a second. */
  readonly from: number
  readonly most: number
  /** How close the ends shall be: 0.05 for 5 %. */
  readonly precision: number
  /** So many times the rate found has to hold again, and the one that is too high has to give way. */
  readonly confirm: number
  readonly mostSteps: number
}

export interface Bracket {
  /** The highest rate that held every time; 0: none did. */
  readonly holds: number
  /** The lowest that gave way every time, with none above it that held. */
  readonly givesWay: number | undefined
  /** How far equal runs disagreed: 0 when they did not, else from one end to the other, 0.1 for 10 %. */
  readonly spread: number
}

export type Next =
  | { readonly kind: 'try'; readonly purpose: Purpose; readonly rate: number }
  | {
      readonly kind: 'done'
      readonly bracket: Bracket
      readonly ended: 'found' | 'most' | 'driver' | 'too-many-steps'
      /** The lower end held as often as was asked for. */
      readonly confirmed: boolean
    }

export const defaultSearch: SearchOptions = { from: 2, most: 200, precision: 0.05, confirm: 3, mostSteps: 60 }

const factor = 1.5
/** Rates below are not worth looking for. */
const least = 0.1
/** A rate that gave way is believed when it did so twice; that this machine is too weak for it, when that was seen three times. */
const believed = 2
const tooWeak = 3
/** One run that held counts for nothing when more than so many gave way. */
const lucky = 3
/** What has held before is tried again so often, although this machine was too busy for a measure. */
const mostInvalid = 6

interface Rate {
  readonly rate: number
  holds: number
  givesWay: number
  invalid: number
}

export function nextStep(tried: readonly Tried[], options: SearchOptions): Next {
  const { rates, bracket, shaky, ceiling } = reckon(tried, options)
  const attempt = (rate: number, purpose: Purpose): Next =>
    tried.length >= options.mostSteps ? finish('too-many-steps') : { kind: 'try', purpose, rate }
  const confirmed = () => {
    const low = rates.find(({ rate }) => rate === bracket.holds)
    return low !== undefined && low.holds > options.confirm
  }
  const finish = (ended: Extract<Next, { kind: 'done' }>['ended']): Next => ({
    kind: 'done',
    bracket,
    ended,
    confirmed: confirmed(),
  })

  const undecided = rates.find(({ holds, givesWay, invalid }) => isUndecided({ holds, givesWay, invalid }))
  if (undecided !== undefined) return attempt(undecided.rate, 'confirm')
  const { holds: low, givesWay: high } = bracket

  // Nothing holds yet: down.
  if (low === 0) {
    const lowest = Math.min(options.from, ceiling, ...rates.map(({ rate }) => rate))
    if (rates.length === 0) return attempt(Math.min(options.from, options.most), 'climb')
    if (lowest / factor < least) return finish(ceiling < options.most ? 'driver' : 'found')
    return attempt(round(lowest / factor), 'climb')
  }
  // Nothing above gives way yet: up.
  const top = shaky.highestHeld
  if (high === undefined) {
    const next = round(Math.min(top * factor, options.most))
    if (next > top && next < ceiling) return attempt(next, 'climb')
  } else {
    const wide = 1 + options.precision
    for (const [below, above] of [
      [low, shaky.lowestFallen],
      [top, high],
    ] as const) {
      const middle = round(Math.sqrt(below * above))
      if (above / below > wide && middle > below && middle < above && middle < ceiling) return attempt(middle, 'bisect')
    }
  }
  const end = rates.find(({ rate }) => rate === low)
  if (end !== undefined && end.holds <= options.confirm && end.invalid < mostInvalid) return attempt(low, 'confirm')
  const upper = rates.find(({ rate }) => rate === high)
  if (upper !== undefined && upper.givesWay <= options.confirm && upper.invalid < mostInvalid)
    return attempt(upper.rate, 'confirm')
  return finish(high !== undefined ? 'found' : ceiling <= options.most ? 'driver' : 'most')
}

/** A word against another one, a fall seen only once, or a run of which nothing is known. */
function isUndecided({ holds, givesWay, invalid }: Omit<Rate, 'rate'>): boolean {
  if (invalid >= tooWeak) return false
  if (holds + givesWay === 0) return true
  if (givesWay === 0) return false
  return holds === givesWay || (holds === 0 && givesWay < believed)
}

function reckon(tried: readonly Tried[], { most }: SearchOptions) {
  const byRate = new Map<number, Rate>()
  for (const { rate, verdict } of tried) {
    const one = byRate.get(rate) ?? { rate, holds: 0, givesWay: 0, invalid: 0 }
    if (verdict === 'holds') one.holds++
    else if (verdict === 'gives-way') one.givesWay++
    else one.invalid++
    byRate.set(rate, one)
  }
  const rates = [...byRate.values()].sort((a, b) => a.rate - b.rate)
  const held = rates.filter(({ holds, givesWay }) => holds > givesWay)
  // Not by a single lucky run.
  const everHeld = rates.filter(({ holds, givesWay }) => holds > 0 && lucky * holds >= givesWay)
  const fell = rates.filter(({ holds, givesWay }) => givesWay > holds && givesWay >= believed)
  const lowestFall = Math.min(Number.POSITIVE_INFINITY, ...fell.map(({ rate }) => rate))
  const steady = held.filter(({ givesWay, rate }) => givesWay === 0 && rate < lowestFall)
  const low = steady.at(-1)?.rate ?? 0
  const highestHeld = Math.max(low, ...everHeld.map(({ rate }) => rate))
  const high = fell.find(({ rate, holds }) => holds === 0 && rate > highestHeld)?.rate
  // What fell at least once, above the rate that always held.
  const lowestFallen = Math.min(
    high ?? Number.POSITIVE_INFINITY,
    ...rates.filter(({ rate, givesWay }) => givesWay > 0 && rate > low).map(({ rate }) => rate),
  )
  const spread = high !== undefined && low > 0 && highestHeld >= lowestFallen ? high / low - 1 : 0
  const blind = rates.filter((one) => one.invalid >= tooWeak && one.holds <= one.givesWay && one.givesWay < believed)
  return {
    rates,
    bracket: { holds: low, givesWay: high, spread } satisfies Bracket,
    shaky: { highestHeld, lowestFallen },
    /** From here on this machine cannot drive it. */
    ceiling: Math.min(...blind.map(({ rate }) => rate), most * (1 + 1e-9)),
  }
}

/** To what a rate can be ordered in. */
function round(rate: number): number {
  return Number(rate.toPrecision(3))
}
