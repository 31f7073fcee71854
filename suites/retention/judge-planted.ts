// What planted mail shows of how long mail stays: the newest round that can tell decides. Pure; times in milliseconds by the
// host's clock. Used by planted.ts.
import type { PlantedMessage, PlantedRound } from '../../harness/host/plot.ts'

const hour = 3_600_000
const day = 24 * hour

/** A job each night and one that counts full days come to 48 hours; one more for clocks that differ. */
export const graceMs = 49 * hour
/** Within such a time a job that runs once a day has run, the day on which clocks change included. */
const jobMs = 25 * hour
/** More than servers that ignore time zones are off. */
const zoneMs = day / 2

export type Judgement =
  | { readonly what: 'gone' | 'still there'; readonly ageDays: number }
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

/** Mail of a kind that must go after so many days. `job`: when the clean-up ran last for sure, if ever. */
export function judgeDeletion(
  rounds: readonly PlantedRound[],
  kind: PlantedMessage['kind'],
  days: number,
  ranNow: boolean,
): Judgement {
  for (const { planted, messages } of newestFirst(rounds)) {
    const some = messages.filter((message) => message.kind === kind)
    for (const { date, gone, seen } of some) {
      if (gone !== undefined) return { what: 'gone', ageDays: inDays(gone - date) }
      if (seen === undefined) continue
      const jobRan = ranNow || seen - planted >= graceMs
      if (jobRan && seen - date >= days * day + graceMs) return { what: 'still there', ageDays: inDays(seen - date) }
    }
  }
  return undefined
}

/** Mail of a kind that must stay for so many days. */
export function judgeKeeping(rounds: readonly PlantedRound[], kind: PlantedMessage['kind'], days: number): Judgement {
  for (const { messages } of newestFirst(rounds)) {
    const some = messages.filter((message) => message.kind === kind)
    const lost = some.find(({ gone, date }) => gone !== undefined && gone - date < days * day - zoneMs)
    if (lost?.gone !== undefined) return { what: 'gone', ageDays: inDays(lost.gone - lost.date) }
    const ages = some.flatMap(({ spared, date }) => (spared === undefined ? [] : [spared - date]))
    if (ages.length > 0) return { what: 'still there', ageDays: inDays(Math.max(...ages)) }
  }
  return undefined
}

export interface Window {
  /** Days at which mail was still there. */
  readonly from: number | undefined
  /** Days at which it was gone. */
  readonly to: number | undefined
}

/** How long small mail in INBOX stays, by the newest round that tells anything; it gets narrower with every look. */
export function windowOf(rounds: readonly PlantedRound[]): Window {
  for (const { messages } of newestFirst(rounds)) {
    const some = messages.filter(({ kind }) => kind === 'old' || kind === 'young')
    const spared = some.flatMap((one) => (one.spared === undefined ? [] : [inDays(one.spared - one.date)]))
    const gone = some.flatMap((one) => (one.gone === undefined ? [] : [inDays(one.gone - one.date)]))
    if (spared.length + gone.length === 0) continue
    return {
      from: spared.length === 0 ? undefined : Math.max(...spared),
      to: gone.length === 0 ? undefined : Math.min(...gone),
    }
  }
  return { from: undefined, to: undefined }
}

/** `19 to 22 days` */
export function windowText({ from, to }: Window): string {
  if (from !== undefined && to !== undefined) return `${from} to ${to} days`
  if (from !== undefined) return `more than ${from} days`
  return to === undefined ? 'not known yet' : `less than ${to} days`
}

function newestFirst(rounds: readonly PlantedRound[]): readonly PlantedRound[] {
  return [...rounds].sort((a, b) => b.planted - a.planted)
}

function inDays(ms: number): number {
  return Math.round((ms / day) * 10) / 10
}
