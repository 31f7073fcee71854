// When each host of a watch is visited: one after the other, spread over the interval. Pure; milliseconds since 1970.

/** `last`: when the host was visited; undefined when it never was. */
export interface Visit {
  readonly host: string
  readonly last: number | undefined
}

/** The host that is next, and when. A host that was missed for long is visited once, not as often as it was missed. */
export function nextVisit(visits: readonly Visit[], every: number, now: number): { host: string; at: number } {
  const dues = visits.map(({ host, last }, index) => {
    // New ones, and those of a watch that stood still, start at their place in the interval, not all at once.
    const place = now + (index * Math.min(every, 60_000)) / visits.length
    // A clock that was set back must not stop the watch.
    const due = last === undefined || last > now ? place : last + every
    return { host, at: Math.max(due, now) }
  })
  const [first] = dues.toSorted((a, b) => a.at - b.at)
  if (first === undefined) throw new Error('a watch has hosts')
  return first
}

/** Whether a full run of checks is due. */
export function fullIsDue(last: string | undefined, every: number | undefined, now: number): boolean {
  if (every === undefined) return false
  if (last === undefined) return true
  const ago = now - Date.parse(last)
  return ago >= every || ago < 0
}
