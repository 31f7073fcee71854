// What the server's machine and this one used during a stretch of time, from readings. Pure. Used by the capacity run and its answer.
import type { TimedReading } from '../sampling/collector.ts'

/** Shares are 0 to 1. */
export interface ServerUsage {
  readonly seconds: number
  /** Of all processors, or of what a quota leaves of them. */
  readonly cpu: number
  readonly cpuSeconds: number
  /** Octets: largest at once, and written to disk. */
  readonly resident: number
  readonly written: number
  /** The least that was available, as a share of all memory. */
  readonly memoryLeft?: number
  /** Of the time: a disk was busy; processors had nothing to do but wait for one; a quota held processes back. */
  readonly diskBusy?: number
  readonly ioWait?: number
  readonly heldBack?: number
  /** Of the time: nothing could go on, since all waited for a disk. */
  readonly diskStalled?: number
  /** Octets free at the end, where mail is kept. */
  readonly diskFree?: number
  readonly load1?: number
  readonly celsius?: number
  /** The processor was slowed down at some time. */
  readonly throttled?: boolean
}

/** `from` and `to` on the clock of the readings; undefined when fewer than two lie between. */
export function serverUsage(all: readonly TimedReading[], from: number, to: number): ServerUsage | undefined {
  const within = all.filter(({ takenAt }) => takenAt >= from && takenAt <= to)
  const [first] = within
  const last = within.at(-1)
  if (first === undefined || last === undefined || last.takenAt <= first.takenAt) return undefined
  const seconds = (last.takenAt - first.takenAt) / 1_000
  type Counter = 'cpuSeconds' | 'written' | 'diskBusy' | 'ioWait' | 'heldBack' | 'diskStalled'
  const grown = (key: Counter) => {
    const [before, after] = [first[key], last[key]]
    return before === undefined || after === undefined ? undefined : Math.max(0, after - before)
  }
  const each = (key: 'memoryAvailable' | 'memoryTotal' | 'resident' | 'load1' | 'celsius') =>
    within.flatMap((one) => one[key] ?? [])
  const cpuSeconds = grown('cpuSeconds') ?? 0
  const total = Math.max(0, ...each('memoryTotal'))
  const share = (value: number | undefined, of: number) => (value === undefined ? undefined : value / of)
  const atMostOne = (value: number | undefined) => (value === undefined ? undefined : Math.min(1, value))
  const cpus = last.cpus ?? 1
  const known: Record<string, number | boolean | undefined> = {
    memoryLeft: total === 0 ? undefined : Math.min(...each('memoryAvailable')) / total,
    diskBusy: share(grown('diskBusy'), seconds),
    ioWait: share(grown('ioWait'), seconds * cpus),
    // It is counted on each processor.
    diskStalled: share(grown('diskStalled'), seconds),
    heldBack: atMostOne(share(grown('heldBack'), seconds)),
    diskFree: last.diskFree,
    load1: each('load1').length === 0 ? undefined : Math.max(...each('load1')),
    celsius: each('celsius').length === 0 ? undefined : Math.max(...each('celsius')),
    throttled: within.some(({ throttled }) => throttled !== undefined)
      ? within.some(({ throttled }) => throttled === true)
      : undefined,
  }
  return {
    seconds,
    cpu: cpuSeconds / (seconds * cpus),
    cpuSeconds,
    resident: Math.max(...each('resident')),
    written: grown('written') ?? 0,
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
  }
}
