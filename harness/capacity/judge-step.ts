// Whether a server held one rate of messages, from what a load run at that rate saw. Pure. Used by the capacity run.
import { setOut } from '../load/run/over-time.ts'
import type { LoadOutcome } from '../load/run/run.ts'
import { withoutAddresses } from '../load/thread/word-tally.ts'
import type { StepVerdict } from './search.ts'

/** Milliseconds from due to there, share of messages, and seconds of messages on their way at once. */
export const conditions = { p99: 1_000, failed: 0.001, backlog: 1 } as const

export interface JudgedStep {
  readonly verdict: StepVerdict
  readonly why?: string
  readonly due: number
  readonly sent: number
  readonly received: number
  readonly p50?: number
  readonly p99?: number
  readonly failed: number
  readonly lost: number
  readonly dropped: number
  readonly limited: number
  /** Seconds of messages that were on their way at once, at most. */
  readonly backlog: number
}

/** A start that was dropped because every virtual user waited for the server is the server's doing. */
const serversDoing = 'dropped-starts'

type Outcome = Pick<LoadOutcome, 'metrics' | 'validity' | 'stopped' | 'errors' | 'series'>

/** `rate`: messages a second, as ordered. */
export function judgeStep(rate: number, outcome: Outcome): JudgedStep {
  const value = (metric: string, key: string) => outcome.metrics[metric]?.values[key]
  const count = (metric: string) => value(metric, 'count') ?? 0
  const seen = {
    due: count('messages_due'),
    sent: count('messages_sent'),
    received: count('messages_received'),
    ...optional('p50', value('delivery_duration', 'med')),
    ...optional('p99', value('delivery_duration', 'p(99)')),
    failed: value('delivery_failed', 'rate') ?? 0,
    lost: count('messages_lost'),
    dropped: count('dropped_iterations'),
    limited: count('limits_hit'),
    backlog: backlogOf(rate, outcome),
  }
  const why = reason(seen, outcome, value('iteration_failed', 'rate') ?? 0)
  // A late driver can only make a server look worse: delays count from when messages were due, and what was late came in a heap. So what
  // holds, holds; but whatever does not may be the driver's doing.
  if (why === undefined) return { verdict: 'holds', ...seen }
  const gate = outcome.validity.find(({ gate, holds }) => !holds && gate !== serversDoing)
  if (gate === undefined) return { verdict: 'gives-way', why, ...seen }
  return { verdict: 'invalid', why: `${gate.gate} was ${figure(gate.value)}, wanted ${gate.wanted}`, ...seen }
}

type Seen = Omit<JudgedStep, 'verdict' | 'why'>

/** The first condition that is not met, in words. */
function reason(seen: Seen, { metrics, stopped, errors }: Outcome, thrown: number) {
  const piledUp = seen.backlog >= conditions.backlog
  // The run ends early when they pile up; what else it tells then is of sessions that were cut off.
  if (stopped !== undefined) return piledUp ? backlogWords(seen) : `ended early ${stopped}`
  if (seen.lost > 0) return `${seen.lost} lost`
  for (const what of ['duplicated', 'leaked', 'corrupted'] as const) {
    const wrong = metrics[`messages_${what}`]?.values.count ?? 0
    if (wrong > 0) return `${wrong} ${what}`
  }
  if (seen.limited > conditions.failed * seen.due) return `${seen.limited} turned away by a limit`
  if (seen.failed >= conditions.failed) return `${percent(seen.failed)} of the messages failed`
  if (thrown > 0)
    return `${percent(thrown)} of the sessions failed${errors[0] === undefined ? '' : `: ${withoutAddresses(errors[0].message)}`}`
  if (seen.dropped > 0) return `${seen.dropped} sessions found no place in time`
  if (seen.p99 === undefined) return 'nothing arrived'
  if (seen.p99 >= conditions.p99) return `p99 ${figure(seen.p99)} ms from due to there`
  if (piledUp) return backlogWords(seen)
  return undefined
}

function backlogWords({ backlog }: Seen): string {
  return `${backlog.toFixed(1)} s of messages were on their way at once`
}

/** So few messages on their way say nothing at a low rate. */
const few = 5

/** How many messages on their way at once a rate may have. */
export function mostOnTheirWay(rate: number): number {
  return Math.max(few, rate * conditions.backlog)
}

function backlogOf(rate: number, { series }: Outcome): number {
  let open = 0
  let most = 0
  for (const point of series.points) {
    open += setOut(point)
    most = Math.max(most, open)
  }
  return most < few ? 0 : most / rate
}

function optional<K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, number>)
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(2)} %`
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}
