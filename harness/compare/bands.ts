// Which band a host is in, and why: conformance, speed on the host itself, mail to and from the others. Pure; the rules are told
// in docs/comparison.md.
import type { Band, BandReason, Pairing } from '../result/comparison.ts'
import type { Finding, HostRecord, Measurement, Result } from '../result/schema.ts'
import { percentile, percentileInterval, samplesNeeded } from '../result/statistics.ts'

/** Milliseconds at the 95th percentile: within the first is A, within the second, which is the promise, B. */
const limits = [500, 1_000] as const

/** Round trips that a delivery takes, and that are taken out by the fastest one: see harness/timeline/timeline.ts. */
const trips = 6

/** What only the operator has, or a second domain, or time: a list that is kept from outside does without. */
const nobodysLack: ReadonlySet<string> = new Set(['clock', 'expire', 'push', 'peer', 'partner', 'time'])

/** Not asked for by the profile, or not about this host. */
export function isAsked({ verdict, skipped }: Finding): boolean {
  return verdict !== 'skipped' || !['profile', 'consent', 'inapplicable'].includes(skipped ?? '')
}

/** Why no run of this kind leads to a band; undefined of a whole run of a profile made for lists. */
function unfit(result: Result): BandReason | undefined {
  if (!result.complete) return { kind: 'stopped' }
  if (chosen(result.options.only) || chosen(result.options.skip)) return { kind: 'chosen' }
  return /^(list|full)\//.test(result.profile) ? undefined : { kind: 'quick', text: result.profile }
}

const chosen = (patterns: unknown): boolean => Array.isArray(patterns) && patterns.length > 0

export function conformanceBand(result: Result, label: string): Band {
  const reason = unfit(result)
  if (reason) return { band: 'not measured', reasons: [reason] }
  const asked = result.findings.filter((finding) => finding.host === label && isAsked(finding))
  const musts = asked.filter(({ level }) => level === 'must')
  const failed = musts.filter(({ verdict }) => verdict === 'fail')
  if (failed.length > 0) return { band: 'not met', reasons: [named('fails', failed)] }
  const open = musts.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'error')
  const untested = musts.filter((finding) => finding.verdict === 'skipped' && !excused(finding))
  const excusedOnes = musts.filter((finding) => finding.verdict === 'skipped' && excused(finding))
  const reasons: BandReason[] = []
  if (open.length > 0) reasons.push(named('undecided', open))
  if (untested.length > 0) reasons.push({ ...named('untested', untested), missing: missingOf(untested) })
  if (reasons.length > 0 || musts.length === 0) return { band: 'not measured', reasons }
  const holds: BandReason = {
    kind: 'holds',
    n: musts.length - excusedOnes.length,
    of: musts.length,
    ...(excusedOnes.length === 0 ? {} : { missing: missingOf(excusedOnes) }),
  }
  const wanting = asked.filter(({ level, verdict }) => level === 'should' && verdict === 'fail')
  if (wanting.length > 0) return { band: 'B', reasons: [named('should', wanting), holds] }
  return { band: 'A', reasons: [holds] }
}

function excused({ skipped, missing }: Finding): boolean {
  return skipped === 'accounts' || skipped === 'later' || (missing !== undefined && nobodysLack.has(missing))
}

function named(kind: BandReason['kind'], findings: readonly Finding[]): BandReason {
  const known = findings.filter(({ withheld }) => withheld === undefined)
  const secret = findings.length - known.length
  return {
    kind,
    n: findings.length,
    checks: known.map(({ check }) => check),
    ...(secret === 0 ? {} : { withheld: secret }),
  }
}

/** `smtp`, `peer`; where no single thing would do, the kind. */
const missingOf = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.map(({ missing, skipped }) => missing ?? skipped ?? 'unknown')),
]

/** How far connects to the host lay apart, over all round trips of a delivery. Undefined where there are none. */
export function jitterOf(measured: readonly Measurement[], { roundTrip }: HostRecord): number | undefined {
  const connects = measured
    .filter(({ id }) => id === 'submission.tcp' || id === 'reading.tcp')
    .flatMap(({ samples }) => samples)
  if (connects.length === 0) return undefined
  const fastest = Math.min(...connects, roundTrip ?? Number.POSITIVE_INFINITY)
  return trips * (Math.max(...connects) - fastest)
}

export function speedBand(result: Result, host: HostRecord): Band {
  const not = (reason: BandReason): Band => ({ band: 'not measured', reasons: [reason] })
  const reason = unfit(result)
  if (reason) return not(reason)
  const measured = result.measurements.filter((item) => item.host === host.label)
  const delivery = measured.find(({ id, unit }) => id === 'delivery' && unit === 'ms')
  const all = delivery
    ? [...delivery.samples, ...Array.from({ length: delivery.censored }, () => Number.POSITIVE_INFINITY)]
    : []
  if (all.length < samplesNeeded(95)) return not({ kind: 'few', n: all.length, of: samplesNeeded(95) })
  const jitter = jitterOf(measured, host)
  if (jitter === undefined) return not({ kind: 'jitter' })
  const p95 = percentile(all, 95)
  if (p95 === Number.POSITIVE_INFINITY)
    return { band: 'not met', reasons: [{ kind: 'beyond', n: delivery?.censored ?? 0, of: all.length }] }
  const interval = percentileInterval(all, 95)
  const near = limits.reduce((a, b) => (Math.abs(p95 - b) < Math.abs(p95 - a) ? b : a))
  // JSON knows no Infinity.
  const shown = Number.isFinite(interval.high) ? { interval: { low: interval.low, high: interval.high } } : {}
  const numbers = { ms: p95, ...shown, limit: near, jitter, n: all.length }
  if (jitter >= Math.abs(p95 - near)) return not({ kind: 'jitter', ...numbers })
  const band = bandAt(p95)
  const better = bandAt(interval.low)
  if (better !== band) return { band: better, tie: true, reasons: [{ kind: 'tie', ...numbers }] }
  const tie = bandAt(interval.high) === band ? {} : { tie: true }
  const kind = Object.keys(tie).length > 0 ? 'tie' : band === 'not met' ? 'slow' : 'fast'
  return { band, ...tie, reasons: [{ kind, ...numbers }] }
}

function bandAt(ms: number): 'A' | 'B' | 'not met' {
  if (ms <= limits[0]) return 'A'
  return ms <= limits[1] ? 'B' : 'not met'
}

/** By the mail between hosts: A unless it is surely slower than the mean of them. The place of the tester cancels. */
export function federationBand(shares: Pairing['shares'], host: string, result: Result | undefined): Band {
  const reason = result && unfit(result)
  if (reason) return { band: 'not measured', reasons: [reason] }
  const sides = [shares?.outbound, shares?.inbound].map((side) => side?.find((one) => one.host === host))
  const [out, into] = sides
  if (!out || !into) return { band: 'not measured', reasons: [{ kind: 'pairs' }] }
  const reasons = [
    { ...out, side: 'outbound' },
    { ...into, side: 'inbound' },
  ].map(({ ms, interval, side }) => ({
    kind: interval.low > 0 ? ('slower' as const) : ('level' as const),
    ms,
    interval,
    text: side,
  }))
  const slower = reasons.filter(({ kind }) => kind === 'slower')
  return slower.length > 0 ? { band: 'B', reasons: slower } : { band: 'A', reasons }
}
