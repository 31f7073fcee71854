// The page of a watch: how each host stands, its latest rounds as a chart, and what was noticed. Pure. Used by the watch.
import { daysLeft, type HostState, type Ledger, lasting, type WatchEvent } from '../../harness/watch/ledger.ts'
import { amount } from '../figures.ts'
import { english } from '../language/language.ts'
import { count } from '../words.ts'
import { table } from './chart.ts'
import { htmlDocument } from './document.ts'
import { type Child, el, type Markup } from './markup.ts'
import { minute, roundsChart } from './rounds-chart.ts'

export interface WatchPage {
  readonly ledger: Ledger
  /** UTC, ISO 8601. */
  readonly now: string
  readonly version: string
  /** Where the report of a host's latest full run is, relative to the page; undefined when there is none. */
  readonly reportOf: (host: string) => string | undefined
}

const looks = {
  up: { glyph: '✓', tone: 'good' },
  slow: { glyph: '~', tone: 'warn' },
  down: { glyph: '✗', tone: 'bad' },
  unknown: { glyph: '?', tone: 'open' },
} as const

/** A day of rounds each quarter of an hour. */
const drawnRounds = 96
const listedEvents = 20

export function renderWatchPage({ ledger, now, version, reportOf }: WatchPage): string {
  // What needs somebody comes first.
  const order = ['down', 'slow', 'unknown', 'up'] as const
  const hosts = [...ledger.hosts.values()].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.host.localeCompare(b.host),
  )
  return htmlDocument(
    english,
    { title: 'chatmail-check watch' },
    el('header', {}, el('h1', {}, `chatmail-check watch · ${minute(now)} UTC`)),
    el(
      'main',
      {},
      hosts.length === 0 ? el('p', { class: 'verdict open' }, '? No round has ended yet') : undefined,
      ...hosts.map((state, index) => hostPart(state, `host-${index + 1}`, now, reportOf(state.host))),
      eventsPart(ledger.events),
    ),
    el(
      'footer',
      { class: 'muted' },
      el('p', {}, `chatmail-check ${version}. A round is one message from one account of ours to another.`),
    ),
  )
}

function hostPart(state: HostState, id: string, now: string, report: string | undefined): Markup {
  const { glyph, tone } = looks[state.status]
  return el(
    'section',
    { id, 'aria-labelledby': `${id}-name` },
    el('h2', { id: `${id}-name` }, state.host),
    el('p', { class: `verdict ${tone}` }, `${glyph} ${standing(state, now)}`),
    state.status === 'down' ? el('p', {}, state.rounds.at(-1)?.reason ?? '') : undefined,
    tiles(state, now),
    state.rounds.length === 0 ? undefined : roundsChart(state.rounds.slice(-drawnRounds)),
    report === undefined
      ? undefined
      : el('p', {}, el('a', { href: report }, `Report of the full run of ${minute(state.full?.at ?? now)} UTC`)),
  )
}

function standing({ status, since, rounds }: HostState, now: string): string {
  const last = rounds.at(-1)
  const delivery = last?.delivery === undefined ? '' : `; the latest message took ${amount(last.delivery, 'ms')}`
  switch (status) {
    case 'up':
      return `Delivers, since ${lasting(since, now)}${delivery}`
    case 'slow':
      return `Slow, since ${lasting(since, now)}${delivery}`
    case 'down':
      return `Does not deliver, since ${lasting(since, now)}`
    case 'unknown':
      return `Not judged yet: ${last?.reason ?? 'no round has ended'}`
  }
}

function tiles({ counts, certificateEnds, addresses, full }: HostState, now: string): Markup {
  const tile = (value: string, words: string): Markup => el('li', {}, el('strong', {}, value), words)
  const judged = counts.arrives + counts.slow + counts.fails
  const left = certificateEnds === undefined ? undefined : daysLeft(certificateEnds, now)
  return el(
    'ul',
    { class: 'tiles' },
    tile(`${counts.arrives} of ${judged}`, judged === 1 ? 'round arrived in a second' : 'rounds arrived in a second'),
    counts['not-judged'] === 0 ? undefined : tile(String(counts['not-judged']), 'not judged: our own trouble'),
    left === undefined ? undefined : tile(remaining(left), 'left of the certificate'),
    addresses.length === 0 ? undefined : tile(addresses.join(' '), 'address'),
    full === undefined
      ? undefined
      : tile(full.problems.length === 0 ? 'none' : String(full.problems.length), 'problems'),
  )
}

function remaining(days: number): string {
  if (days < 0) return 'nothing'
  return days > 800 ? `${Math.floor(days / 365)} years` : count(days, 'day')
}

function eventsPart(events: readonly WatchEvent[]): Child {
  if (events.length === 0) return undefined
  return el(
    'section',
    { 'aria-labelledby': 'events' },
    el('h2', { id: 'events' }, 'Noticed'),
    table(
      english,
      ['when (UTC)', 'what'],
      events
        .slice(-listedEvents)
        .toReversed()
        .map(({ at, text }) => [minute(at), text]),
    ),
  )
}
