// The timeline of one message: its stages on one clock, and what of each is the server's when the network is taken out.
// Made by the trace and by the delivery checks, read by the diagnosis.
import type { Stage } from '../clients/stage.ts'
import type { StageName } from '../result/trace.ts'

export interface Timeline {
  /** The sender's session where it was new for this message, then the message itself. */
  readonly stages: readonly Stage<StageName>[]
  /** The reader's session where it was new. */
  readonly reader: readonly Stage<StageName>[]
  /** Milliseconds waited because the server asked us to slow down; in no stage. */
  readonly waited?: number
}

/** Milliseconds of the network alone, there and back, on both sides. */
export interface RoundTrips {
  readonly sender: number
  readonly reader: number
}

/**
 * How often a stage goes there and back. After a handshake of TLS 1.3 the greeting waits for our last flight. The notice
 * comes when the message has gone the same way as our 250, so nothing of it is the network's.
 */
const trips: Readonly<Record<StageName, number>> = {
  tcp: 1,
  tls: 1,
  greeting: 1,
  ehlo: 1,
  auth: 1,
  mail: 1,
  rcpt: 1,
  data: 1,
  body: 1,
  notify: 0,
  fetch: 2,
}

/** How often a stage such as `submission.auth` goes there and back, or all of them together: `whole`. */
export function networkTrips(stage: string): number {
  const of = (name: string): number => trips[name as StageName] ?? 0
  if (stage !== 'whole') return of(stage.slice(stage.indexOf('.') + 1))
  return wholeTrips
}

/** Both sessions, the message and its fetching. */
const wholeTrips =
  Object.values(trips).reduce((all, one) => all + one, 0) + trips.tcp + trips.tls + trips.greeting + trips.auth

/** Milliseconds of a stage that are the server's. */
export function serverShare({ name, started, ended }: Stage<StageName>, roundTrip: number): number {
  return Math.max(0, ended - started - trips[name] * roundTrip)
}

/** The fastest connect is the network alone. One of a local network cannot be told from our own work, and counts as none. */
export function networkRoundTrip(connects: readonly number[]): number {
  const fastest = Math.min(...connects)
  return fastest < 2 || !Number.isFinite(fastest) ? 0 : fastest
}
