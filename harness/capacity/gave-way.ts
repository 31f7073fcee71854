// What gave way first, with the evidence: from what the server said, from what its machine used while a step did not hold, or from
// our own. Nothing is guessed: without evidence it is unknown. Pure. Used by the capacity run.
import type { CapacityRecord } from '../result/capacity-schema.ts'
import type { Next } from './search.ts'
import type { ServerUsage } from './usage.ts'

export type GaveWay = CapacityRecord['gaveWay']

export interface Witness {
  readonly verdict: 'holds' | 'gives-way' | 'invalid'
  readonly rate: number
  readonly why?: string | undefined
  readonly due: number
  readonly limited: number
  readonly server?: ServerUsage | undefined
  /** What the server said when it took no message or session. */
  readonly said: readonly { readonly message: string; readonly count: number }[]
}

/** What is taken for evidence: shares of time or of memory. */
const busy = 0.9
const littleMemory = 0.05
const waiting = 0.2
const stalled = 0.3
const heldBack = 0.2
/** Of the messages due. */
const oftenLimited = 0.001

/** A full disk, as Postfix, Dovecot and others say it. */
const noRoom = /^\S*(?:452|552|422)\b.*(?:storage|space|disk)|insufficient system storage|no space left|disk full/i
/** Limits, and what they are called. */
const limits: readonly (readonly [RegExp, string])[] = [
  [/too much mail|rate limit|messages? (?:a|per) minute/i, 'messages a minute'],
  [
    /too many (?:concurrent )?(?:smtp )?connections|maximum number of connections|connection(?:s)? (?:limit|exceed)/i,
    'connections',
  ],
  [/421|too many|limit exceeded|exceeds? .*limit/i, 'a limit'],
]

/** Signs of a slow disk: what is enough of each, and what is said of it. */
const disk: readonly (readonly [(usage: ServerUsage) => number | undefined, number, string])[] = [
  [({ diskBusy }) => diskBusy, busy, "the server's disk was busy for"],
  [({ ioWait }) => ioWait, waiting, "the server's processors had nothing to do but wait for a disk for"],
  [({ diskStalled }) => diskStalled, stalled, 'all that had something to do on the server waited for a disk for'],
]

export function whatGaveWay(
  ended: Extract<Next, { kind: 'done' }>['ended'] | 'no-rest' | 'interrupted',
  steps: readonly Witness[],
  sampled: boolean,
): GaveWay {
  const fell = steps.filter(({ verdict }) => verdict === 'gives-way')
  const invalid = steps.filter(({ verdict }) => verdict === 'invalid')
  if (ended === 'driver' || (fell.length === 0 && invalid.length > 0 && ended !== 'most')) {
    return {
      what: 'driver',
      evidence: `this machine could not drive more: ${invalid.at(-1)?.why ?? 'it was too busy'}`,
    }
  }
  if (fell.length === 0) {
    if (ended === 'most') return { what: 'nothing', evidence: 'the highest rate that was to be tried still held' }
    return { what: 'unknown', evidence: 'the search was ended before anything gave way' }
  }
  return saidBy(fell) ?? usedBy(fell) ?? wrongBy(fell) ?? unknown(fell, sampled)
}

/** What the server said itself. */
function saidBy(fell: readonly Witness[]): GaveWay | undefined {
  const said = fell.flatMap((step) => step.said)
  const often = (pattern: RegExp) =>
    said.filter(({ message }) => pattern.test(message)).sort((a, b) => b.count - a.count)[0]
  const full = often(noRoom)
  if (full !== undefined) return { what: 'disk', evidence: `the server said "${full.message}", ${full.count} times` }
  const limited = fell.filter((step) => step.limited > oftenLimited * step.due || step.said.length > 0)
  for (const [pattern, name] of limits) {
    const one = often(pattern)
    if (one !== undefined && limited.length > 0)
      return { what: 'limit', evidence: `${name}: the server said "${one.message}", ${one.count} times` }
  }
  const [step] = fell.filter(({ limited, due }) => limited > oftenLimited * due)
  if (step === undefined) return undefined
  const turned = `at ${step.rate} messages a second the server turned ${step.limited} away`
  const [words] = [...step.said].sort((a, b) => b.count - a.count)
  return { what: 'limit', evidence: words === undefined ? turned : `${turned}: "${words.message}"` }
}

/** What its machine used up in most of the steps that did not hold. */
function usedBy(fell: readonly Witness[]): GaveWay | undefined {
  const used = fell.flatMap(({ server }) => server ?? [])
  if (used.length === 0) return undefined
  const most = (holds: (usage: ServerUsage) => boolean) => used.filter(holds).length * 2 > used.length
  const mean = (value: (usage: ServerUsage) => number | undefined) => {
    const known = used.flatMap((usage) => value(usage) ?? [])
    return Math.round((100 * known.reduce((sum, one) => sum + one, 0)) / known.length)
  }
  const least = (value: (usage: ServerUsage) => number | undefined) =>
    Math.round(100 * Math.min(...used.flatMap((usage) => value(usage) ?? [])))
  const over = (value: number | undefined, bound: number) => value !== undefined && value >= bound
  if (most(({ memoryLeft }) => memoryLeft !== undefined && memoryLeft <= littleMemory)) {
    return { what: 'memory', evidence: `${least(({ memoryLeft }) => memoryLeft)} % of the server's memory was left` }
  }
  if (most((usage) => over(usage.heldBack, heldBack))) {
    return {
      what: 'cpu',
      evidence: `a quota held the server back for ${mean((usage) => usage.heldBack)} % of the time`,
    }
  }
  if (most((usage) => usage.cpu >= busy)) {
    return { what: 'cpu', evidence: `the server's processors were busy for ${mean(({ cpu }) => cpu)} % of the time` }
  }
  const signs = disk.filter(([value, bound]) => most((usage) => over(value(usage), bound)))
  if (signs.length === 0) return undefined
  return {
    what: 'disk',
    evidence: signs.map(([value, , words]) => `${words} ${mean(value)} % of the time`).join(', and '),
  }
}

/** Messages that were lost, doubled, leaked or damaged are no want of a resource. */
function wrongBy(fell: readonly Witness[]): GaveWay | undefined {
  const wrong = fell.find(({ why }) => /(?:lost|duplicated|leaked|corrupted)$/.test(why ?? ''))
  return (
    wrong && {
      what: 'unknown',
      evidence: `at ${wrong.rate} messages a second: ${wrong.why}; that is a fault, and no want of speed`,
    }
  )
}

function unknown(fell: readonly Witness[], sampled: boolean): GaveWay {
  const lowest = fell.reduce((low, step) => (step.rate < low.rate ? step : low))
  const seen = `at ${lowest.rate} messages a second: ${lowest.why ?? 'it did not hold'}`
  const used = fell.some(({ server }) => server !== undefined)
  if (used)
    return { what: 'unknown', evidence: `${seen}; neither processors, memory nor disk of the server were used up` }
  const why = sampled ? 'its sampler told nothing then' : 'nobody watched the server (--sample)'
  return { what: 'unknown', evidence: `${seen}; ${why}` }
}
