// The messages of the queue that go to one domain, in order. Used by the queue only.
import type { Courier } from './courier.ts'
import type { Waiting } from './types.ts'

export interface Entry {
  readonly id: number
  readonly waiting: Waiting
  readonly destination: Destination
  recipients: readonly string[]
  /** Milliseconds since 1970. */
  readonly since: number
  readonly expires: number
  tries: number
  lastReply: string | undefined
  nextTry: number | undefined
  /** Being sent right now. */
  busy: boolean
}

export interface Destination {
  readonly domain: string
  /** To be sent as soon as a connection is free, in this order. */
  ready: Entry[]
  readonly deferred: Set<Entry>
  /** Connections at work. */
  lanes: number
  /** With connections that are open and have nothing to do. */
  readonly couriers: Courier[]
  /** Tries in a row that found nobody. */
  failures: number
  lastFailure: number
  blockedUntil: number
  stopTimer: () => void
}

export function createDestination(domain: string): Destination {
  return {
    domain,
    ready: [],
    deferred: new Set(),
    lanes: 0,
    couriers: [],
    failures: 0,
    lastFailure: 0,
    blockedUntil: 0,
    stopTimer: () => {},
  }
}

export function addEntry(entry: Entry, now: number): void {
  const { ready, deferred } = entry.destination
  if ((entry.nextTry ?? 0) > now) deferred.add(entry)
  else ready.push(entry)
}

export function forgetEntry(entry: Entry): void {
  entry.destination.deferred.delete(entry)
}

/** Nobody is there: everything that is ready waits, first of all the message that was being tried. */
export function holdAll(destination: Destination, tried: Entry): readonly Entry[] {
  const held = [tried, ...destination.ready]
  destination.ready = []
  for (const entry of held) destination.deferred.add(entry)
  return held
}

/** Lets those that are due go, oldest first, before what came later. */
export function release(destination: Destination, isDue: (entry: Entry) => boolean): void {
  const due = [...destination.deferred].filter(isDue)
  if (due.length === 0) return
  for (const entry of due) {
    destination.deferred.delete(entry)
    entry.nextTry = undefined
  }
  destination.ready = [...due, ...destination.ready].sort((a, b) => a.id - b.id)
}
