// A run against earlier runs of the same host: what newly fails, and which figures got slower by more than earlier runs differ
// among themselves. Pure. Used by `--baseline`.
import type { BaselineRecord, ComparedFigure } from './baseline-schema.ts'
import type { Result } from './schema.ts'
import { percentile, samplesNeeded } from './statistics.ts'
import { studentQuantile } from './students-t.ts'

/** Runs of the same kind of machine that a gate needs. */
export const runsNeeded = 5

/** What is no slowdown: less than this many milliseconds, or than this share of what it was. */
export const floor = { ms: 5, share: 0.1 } as const

/** To call any figure of a run slower that is not, before it is measured again. */
const wrongAtMost = 0.02

/** Runs differ by so much at least, however much alike a few of them are. Natural logarithm. */
const leastSpread = 0.03

/** A percentile of few samples is chance. */
const fewSamples = 5

interface Figure {
  readonly host: string
  readonly figure: string
  readonly unit: string
  readonly value: number
  /** Throughput: more is better. */
  readonly moreIsBetter: boolean
}

/** `machine` of a record says what kind of machine measured; one without it compares with none. */
export function compareWithBaseline(now: Result, given: readonly Result[]): BaselineRecord {
  const fitting = given.filter((one) => one.complete && sameSubject(now, one))
  const comparable = fitting.filter((one) => sameMachine(now, one))
  const notes: string[] = []
  const left = given.length - fitting.length
  if (left > 0)
    notes.push(`${left} of ${given.length} earlier runs are of another host, of another kind or not complete`)
  if (comparable.length < fitting.length)
    notes.push(`${fitting.length - comparable.length} of ${given.length} were measured from another kind of machine`)
  const gates = comparable.length >= runsNeeded
  if (!gates)
    notes.push(
      `a slowdown counts with ${runsNeeded} earlier runs from the same kind of machine; here it is ${comparable.length}`,
    )
  const against = gates || comparable.length > 1 ? comparable : fitting
  return {
    given: given.length,
    comparable: comparable.length,
    gates,
    notes,
    ...flips(now, fitting),
    figures: figures(now, against),
  }
}

/** The same figures of a second measurement: what was slower stays so only when it is again. */
export function confirmSlower(record: BaselineRecord, again: Result, given: readonly Result[]): BaselineRecord {
  const second = compareWithBaseline(again, given).figures
  return {
    ...record,
    figures: record.figures.map((one) => {
      if (one.verdict !== 'slower') return one
      const same = second.find(({ host, figure }) => host === one.host && figure === one.figure)
      // Once suspected, it is one figure alone: beyond the ninety-five per cent is enough, and the floor as before.
      if (same === undefined) return one
      const slow = (same.low ?? same.change) > 0 && beyondFloor(same)
      return { ...one, confirmed: slow, verdict: slow ? 'slower' : 'same' }
    }),
  }
}

/** Figures that make the run fail. */
export function slowdowns(record: BaselineRecord): readonly ComparedFigure[] {
  return record.gates
    ? record.figures.filter(({ verdict, confirmed }) => verdict === 'slower' && confirmed === true)
    : []
}

function sameSubject(now: Result, before: Result): boolean {
  const subject = ({ hosts, profile, load, reference }: Result): string =>
    JSON.stringify([hosts.map(({ label }) => label), load === undefined ? '' : [profile, ratesOf(load)], reference])
  return subject(now) === subject(before)
}

/** A load run compares with runs of the same load. */
function ratesOf({ scenarios, virtualUsers }: NonNullable<Result['load']>): unknown {
  return [
    virtualUsers,
    scenarios.map(({ name, executor, rate, duration, stages }) => [name, executor, rate, duration, stages]),
  ]
}

function sameMachine({ vantage: a }: Result, { vantage: b }: Result): boolean {
  return a.machine !== undefined && a.machine === b.machine
}

function flips(now: Result, before: readonly Result[]): Pick<BaselineRecord, 'newlyFailing' | 'newlyHolding'> {
  const latest = before.toSorted((a, b) => a.started.localeCompare(b.started)).at(-1)
  const verdictBefore = new Map(latest?.findings.map(({ check, host, verdict }) => [`${host} ${check}`, verdict]))
  const turned = (from: readonly string[], to: readonly string[]) =>
    now.findings
      .filter(({ check, host, verdict }) => {
        const old = verdictBefore.get(`${host} ${check}`)
        return old !== undefined && from.includes(old) && to.includes(verdict)
      })
      .map(({ check, host }) => ({ check, host }))
  const holds = ['pass', 'tolerated']
  return { newlyFailing: turned(holds, ['fail']), newlyHolding: turned(['fail'], holds) }
}

function figures(now: Result, before: readonly Result[]): ComparedFigure[] {
  const mine = figuresOf(now)
  const earlier = before.map(figuresOf)
  const judged = mine.map((one) => ({
    one,
    values: earlier.flatMap((all) => {
      const same = all.find(({ host, figure, unit }) => host === one.host && figure === one.figure && unit === one.unit)
      return same === undefined || !(same.value > 0) ? [] : [same.value]
    }),
  }))
  const known = judged.filter(({ one, values }) => values.length > 0 && one.value > 0)
  return known.map(({ one, values }) => compared(one, values, wrongAtMost / known.length))
}

function compared(
  { host, figure, unit, value, moreIsBetter }: Figure,
  values: readonly number[],
  wrong: number,
): ComparedFigure {
  // Times grow by factors, so it is their logarithms that lie about a middle.
  const logs = values.map(Math.log)
  const n = logs.length
  const mean = logs.reduce((sum, log) => sum + log, 0) / n
  const spread =
    n < 2
      ? undefined
      : Math.max(leastSpread, Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (n - 1)))
  const before = percentile(values, 50)
  const shift = Math.log(value) - mean
  // One more run, by chance alone, lies within so much of the mean of the others.
  const reach = (probability: number): number | undefined =>
    spread === undefined ? undefined : studentQuantile(probability, n - 1) * spread * Math.sqrt(1 + 1 / n)
  const [bound, sure] = [reach(1 - wrong), reach(0.975)]
  const base = { host, figure, unit, before, now: value, change: value / before - 1, runs: n }
  const interval = sure === undefined ? {} : { low: Math.exp(shift - sure) - 1, high: Math.exp(shift + sure) - 1 }
  const worse = moreIsBetter ? -shift : shift
  const far = bound !== undefined && Math.abs(shift) > bound
  const verdict = !far || !beyondFloor({ ...base, verdict: 'same' }) ? 'same' : worse > 0 ? 'slower' : 'faster'
  return { ...base, ...interval, verdict }
}

function beyondFloor({ unit, before, now, change }: ComparedFigure): boolean {
  return Math.abs(change) > floor.share && (unit !== 'ms' || Math.abs(now - before) > floor.ms)
}

function figuresOf(result: Result): readonly Figure[] {
  if (result.load !== undefined) return loadFigures(result, result.load)
  return result.measurements.flatMap(({ host, id, unit, samples, censored }) => {
    const n = samples.length + censored
    const all = [...samples, ...Array.from({ length: censored }, () => Number.POSITIVE_INFINITY)]
    const moreIsBetter = unit === 'MB/s'
    const of = (p: 50 | 95) => ({ host, figure: `${id} p${p}`, unit, value: percentile(all, p), moreIsBetter })
    const found = [
      ...(n >= fewSamples ? [of(50)] : []),
      ...(id === 'delivery' && n >= samplesNeeded(95) ? [of(95)] : []),
    ]
    return found.filter(({ value }) => Number.isFinite(value))
  })
}

function loadFigures({ hosts }: Result, load: NonNullable<Result['load']>): readonly Figure[] {
  // Of a run that says nothing about the server there are no figures of it.
  if (load.verdict === 'invalid') return []
  const [host] = hosts
  const wanted: readonly (readonly [string, readonly string[]])[] = [
    ['delivery_duration', ['med', 'p(95)', 'p(99)']],
    ['smtp_submit_duration', ['med']],
    ['imap_idle_notify_duration', ['med']],
    ['imap_fetch_duration', ['med']],
  ]
  return wanted.flatMap(([metric, values]) =>
    values.flatMap((name) => {
      const value = load.metrics[metric]?.values[name]
      const count = load.metrics[metric]?.values.count ?? 0
      if (value === undefined || count < fewSamples) return []
      return [{ host: host?.label ?? '', figure: `${metric} ${name}`, unit: 'ms', value, moreIsBetter: false }]
    }),
  )
}
