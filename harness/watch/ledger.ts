// What a watch knows of its hosts, and what is worth telling people: a fold over the entries of its journal. Pure, so that a
// watch that starts anew knows what the one before it knew.
import type { Entry, FullRun, Place, Round, RoundOutcome } from './round.ts'

/** What was noticed; times in milliseconds or ISO 8601. reports/watch-events.ts puts it into a sentence. */
type Noticed =
  | { readonly kind: 'down'; readonly reason?: string }
  | { readonly kind: 'up'; readonly delivery: number; readonly since?: string }
  /** So many late rounds in a row. */
  | { readonly kind: 'slow'; readonly rounds: number }
  | { readonly kind: 'quick'; readonly delivery: number }
  | { readonly kind: 'address'; readonly addresses: readonly string[]; readonly before: readonly string[] }
  | { readonly kind: 'certificate'; readonly ends: string }
  /** Ids of checks. */
  | { readonly kind: 'problems' | 'mended'; readonly checks: readonly string[] }

export type WatchEvent = Noticed & {
  /** The same each time the journal is read. */
  readonly id: string
  readonly host: string
  readonly at: string
}

export interface HostState {
  readonly host: string
  readonly status: 'unknown' | 'up' | 'slow' | 'down'
  /** When the status began. */
  readonly since?: string
  readonly counts: Readonly<Record<RoundOutcome, number>>
  /** The latest ones, oldest first. */
  readonly rounds: readonly Round[]
  /** As last seen; empty when never. */
  readonly addresses: readonly string[]
  readonly place?: Place
  readonly certificateEnds?: string
  /** The least number of days of `certificateDays` that was told of this certificate. */
  readonly certificateTold?: number
  readonly slowInRow: number
  /** Made by rounds, since the journal began. */
  readonly accounts: number
  readonly full?: FullRun
}

export interface Ledger {
  readonly hosts: ReadonlyMap<string, HostState>
  /** Not told everywhere yet, oldest first. */
  readonly pending: readonly (WatchEvent & { readonly toldBy: readonly string[] })[]
  /** The latest ones, told or not, oldest first. */
  readonly events: readonly WatchEvent[]
}

/** Days before its end at which a certificate is worth a word. Automatic renewal comes a month before. */
const certificateDays = [14, 3, 0] as const
/** A message late once is chance; so many in a row are slow. */
const slowRounds = 3
/** A week of rounds each quarter of an hour. */
const keptRounds = 672
const keptEvents = 100
/** Old news help nobody. */
const pendingMs = 24 * 3_600_000
const day = 24 * 3_600_000

export const emptyLedger: Ledger = { hosts: new Map(), pending: [], events: [] }

/** `channels`: whoever is to be told. */
export function addEntry(ledger: Ledger, entry: Entry, channels: readonly string[]): Ledger {
  if (entry.kind === 'told') return withTold(ledger, entry.event, entry.by, channels)
  const before = ledger.hosts.get(entry.host) ?? unknown(entry.host)
  const { state, events } = entry.kind === 'round' ? afterRound(before, entry) : afterFull(before, entry)
  const now = Date.parse(entry.at)
  const fresh = channels.length === 0 ? [] : events.map((event) => ({ ...event, toldBy: [] }))
  return {
    hosts: new Map(ledger.hosts).set(entry.host, state),
    pending: [...ledger.pending.filter(({ at }) => now - Date.parse(at) < pendingMs), ...fresh],
    events: [...ledger.events, ...events].slice(-keptEvents),
  }
}

function withTold(ledger: Ledger, id: string, by: string, channels: readonly string[]): Ledger {
  const pending = ledger.pending
    .map((event) => (event.id === id ? { ...event, toldBy: [...event.toldBy, by] } : event))
    .filter(({ toldBy }) => channels.some((channel) => !toldBy.includes(channel)))
  return { ...ledger, pending }
}

function unknown(host: string): HostState {
  return {
    host,
    status: 'unknown',
    counts: { arrives: 0, slow: 0, fails: 0, 'not-judged': 0 },
    rounds: [],
    addresses: [],
    slowInRow: 0,
    accounts: 0,
  }
}

interface Step {
  readonly state: HostState
  readonly events: readonly WatchEvent[]
}

function afterRound(before: HostState, round: Round): Step {
  const counted: HostState = {
    ...before,
    counts: { ...before.counts, [round.outcome]: before.counts[round.outcome] + 1 },
    rounds: [...before.rounds, round].slice(-keptRounds),
    accounts: before.accounts + round.accounts,
    ...(round.place === undefined ? {} : { place: round.place }),
  }
  // What our own trouble hides is neither good nor bad news.
  if (round.outcome === 'not-judged') return { state: counted, events: [] }
  const steps = [withStatus, withAddresses, withCertificate]
  return steps.reduce<Step>(
    ({ state, events }, step) => {
      const next = step(state, round)
      return { state: next.state, events: [...events, ...next.events] }
    },
    { state: counted, events: [] },
  )
}

function withStatus(before: HostState, round: Round): Step {
  const slowInRow = round.outcome === 'slow' ? before.slowInRow + 1 : 0
  const status = round.outcome === 'fails' ? 'down' : slowInRow >= slowRounds ? 'slow' : wasSlow(before, round)
  const state = {
    ...before,
    status,
    slowInRow,
    ...(status === before.status ? {} : { since: round.at }),
  } as const
  const tell = (noticed: Noticed): Step => ({ state, events: [event(round, noticed)] })
  const delivery = round.delivery ?? 0
  if (status === before.status) return { state, events: [] }
  if (status === 'down') {
    return tell({ kind: 'down', ...(round.reason === undefined ? {} : { reason: round.reason }) })
  }
  if (before.status === 'down') {
    return tell({ kind: 'up', delivery, ...(before.since === undefined ? {} : { since: before.since }) })
  }
  if (status === 'slow') return tell({ kind: 'slow', rounds: slowRounds })
  if (before.status === 'slow') return tell({ kind: 'quick', delivery })
  return { state, events: [] }
}

/** One quick message ends slowness; a late one alone changes nothing. */
function wasSlow(before: HostState, { outcome }: Round): 'up' | 'slow' {
  return before.status === 'slow' && outcome === 'slow' ? 'slow' : 'up'
}

function withAddresses(before: HostState, round: Round): Step {
  const { addresses } = round
  if (addresses.length === 0 || same(addresses, before.addresses)) return { state: before, events: [] }
  const state = { ...before, addresses }
  if (before.addresses.length === 0) return { state, events: [] }
  return { state, events: [event(round, { kind: 'address', addresses, before: before.addresses })] }
}

function withCertificate(before: HostState, round: Round): Step {
  const { certificateEnds: ends } = round
  if (ends === undefined) return { state: before, events: [] }
  const told = ends === before.certificateEnds ? before.certificateTold : undefined
  const { certificateTold: _, ...rest } = { ...before, certificateEnds: ends }
  const left = daysLeft(ends, round.at)
  const level = certificateDays.findLast((days) => left <= days)
  if (level === undefined || level >= (told ?? Number.POSITIVE_INFINITY)) {
    return { state: told === undefined ? rest : { ...rest, certificateTold: told }, events: [] }
  }
  return {
    state: { ...rest, certificateTold: level },
    events: [event(round, { kind: 'certificate', ends })],
  }
}

function afterFull(before: HostState, full: FullRun): Step {
  const known = before.full?.problems ?? []
  // Of a run that could not decide, nothing is known to be mended.
  const decided = full.verdict === 'conforms' || full.verdict === 'fails'
  const problems = decided ? full.problems : [...new Set([...known, ...full.problems])]
  const state = { ...before, full: { ...full, problems } }
  const added = full.problems.filter((id) => !known.includes(id))
  const gone = known.filter((id) => !full.problems.includes(id))
  const events = [
    ...(added.length === 0 ? [] : [event(full, { kind: 'problems', checks: added })]),
    ...(gone.length === 0 || full.verdict !== 'conforms' ? [] : [event(full, { kind: 'mended', checks: gone })]),
  ]
  return { state, events }
}

function event({ host, at }: Pick<Round, 'host' | 'at'>, noticed: Noticed): WatchEvent {
  return { ...noticed, id: `${at} ${host} ${noticed.kind}`, host, at }
}

export function daysLeft(ends: string, now: string): number {
  return Math.floor((Date.parse(ends) - Date.parse(now)) / day)
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at])
}
