// What planted mail shows of how long mail stays. A host counts from the date of a message, or from the day on which it was
// filed: mail stays too long when it is there by both counts. Pure; times in milliseconds by the host's clock. Used by planted.ts.
import type { PlantedMessage, PlantedRound } from '../../harness/host/plot.ts'

const hour = 3_600_000
const day = 24 * hour

/** A job each night and one that counts full days come to 48 hours; one more for clocks that differ. */
export const graceMs = 49 * hour
/** Within such a time a job that runs once a day has run, the day on which clocks change included. */
const jobMs = 25 * hour
/** More than servers that ignore time zones are off. */
const zoneMs = day / 2
/** Kept at a time; each is about a megabyte on the host. */
export const mostRounds = 6

export type Judgement =
  /** `ageDays` by its date, `filedDays` since it was filed. */
  | { readonly what: 'gone' | 'still there'; readonly ageDays: number; readonly filedDays: number }
  /** No round can tell yet. */
  | undefined

/** What was seen of one message. `jobRan`: the clean-up was run just now. */
export function lookedAt(
  message: PlantedMessage,
  planted: number,
  { there, now, jobRan }: { readonly there: boolean; readonly now: number; readonly jobRan: boolean },
): PlantedMessage {
  if (!there) return message.gone === undefined ? { ...message, gone: now } : message
  const spared = jobRan ? now : now - jobMs > planted ? now - jobMs : message.spared
  return { ...message, seen: now, ...(spared === undefined ? {} : { spared }) }
}

/**
 * Mail of some kinds that must go after so many days. What is there by both counts decides. Otherwise the newest round that shows
 * a deletion does, unless mail of it went late by its date and other mail of it did not.
 */
export function judgeDeletion(
  rounds: readonly PlantedRound[],
  kinds: readonly PlantedMessage['kind'][],
  days: number,
): Judgement {
  const some = newestFirst(rounds).map(({ planted, messages }) => ({
    planted,
    messages: messages.filter(({ kind }) => kinds.includes(kind)),
  }))
  for (const { planted, messages } of some) {
    for (const { date, gone, seen = planted } of messages) {
      if (gone !== undefined || seen - Math.max(date, planted) < days * day + graceMs) continue
      return { what: 'still there', ageDays: inDays(seen - date), filedDays: inDays(seen - planted) }
    }
  }
  for (const { planted, messages } of some) {
    const all = messages.every(({ gone }) => gone !== undefined)
    for (const { date, gone, spared } of messages) {
      if (gone === undefined || (spared !== undefined && !all)) continue
      return { what: 'gone', ageDays: inDays(gone - date), filedDays: inDays(gone - planted) }
    }
  }
  return undefined
}

/**
 * Whether it is time for another round: a day after one whose old mail went at once. Otherwise the host may count from the day of
 * filing, and rounds are so far apart that one of them grows old enough to show it.
 */
export function isRoundDue(rounds: readonly PlantedRound[], days: number, now: number): boolean {
  const newest = rounds.at(-1)
  if (newest === undefined) return true
  const wentAtOnce = newest.messages.some(({ kind, gone, spared }) => kind === 'old' && gone && spared === undefined)
  return now - newest.planted >= (wentAtOnce ? day : (days * day + graceMs) / (mostRounds - 1))
}

/** Mail of a kind that must stay for so many days. */
export function judgeKeeping(rounds: readonly PlantedRound[], kind: PlantedMessage['kind'], days: number): Judgement {
  for (const { planted, messages } of newestFirst(rounds)) {
    const some = messages.filter((message) => message.kind === kind)
    const lost = some.find(({ gone, date }) => gone !== undefined && gone - date < days * day - zoneMs)
    if (lost?.gone !== undefined)
      return { what: 'gone', ageDays: inDays(lost.gone - lost.date), filedDays: inDays(lost.gone - planted) }
    const spared = some.flatMap((one) =>
      one.spared === undefined ? [] : [{ at: one.spared, age: one.spared - one.date }],
    )
    const oldest = spared.sort((a, b) => b.age - a.age)[0]
    if (oldest === undefined) continue
    return { what: 'still there', ageDays: inDays(oldest.age), filedDays: inDays(oldest.at - planted) }
  }
  return undefined
}

/** Days at which mail was still there, and at which it was gone. */
interface Range {
  readonly from: number | undefined
  readonly to: number | undefined
}

/** By both ways to count. */
export interface Window {
  readonly byDate: Range
  readonly byFiling: Range
}

/**
 * How long small mail in INBOX stays, by the newest round of which something is gone, else by the newest that tells anything; it
 * gets narrower with every look.
 */
export function windowOf(rounds: readonly PlantedRound[]): Window | undefined {
  const told = newestFirst(rounds)
    .map(({ planted, messages }) => ({
      planted,
      some: messages.filter(({ kind }) => kind === 'old' || kind === 'young'),
    }))
    .filter(({ some }) => some.some(({ spared, gone }) => spared !== undefined || gone !== undefined))
  const round = told.find(({ some }) => some.some(({ gone }) => gone !== undefined)) ?? told[0]
  if (round === undefined) return undefined
  const rangeSince = (since: (one: PlantedMessage) => number): Range => {
    const spared = round.some.flatMap((one) => (one.spared === undefined ? [] : [inDays(one.spared - since(one))]))
    const gone = round.some.flatMap((one) => (one.gone === undefined ? [] : [inDays(one.gone - since(one))]))
    return {
      from: spared.length === 0 ? undefined : Math.max(...spared),
      to: gone.length === 0 ? undefined : Math.min(...gone),
    }
  }
  return { byDate: rangeSince(({ date }) => date), byFiling: rangeSince(() => round.planted) }
}

/** `19 to 22 days`. The count is that by date where it explains all that was seen. */
export function windowText({ byDate, byFiling }: Window): string {
  const { from, to } = byDate
  if (from === undefined) return `less than ${to} days`
  if (to === undefined) return `more than ${from} days by date, ${byFiling.from} from the day of filing`
  if (from < to) return `${from} to ${to} days`
  return `${byFiling.from} to ${byFiling.to} days from the day of filing`
}

function newestFirst(rounds: readonly PlantedRound[]): readonly PlantedRound[] {
  return [...rounds].sort((a, b) => b.planted - a.planted)
}

function inDays(ms: number): number {
  return Math.round((ms / day) * 10) / 10
}
