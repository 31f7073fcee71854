// The page of a watch: how each host stands, its latest rounds as a chart, and what was noticed. Pure. Used by the watch.
import { daysLeft, type HostState, type Ledger, lasting, type WatchEvent } from '../../harness/watch/ledger.ts'
import type { Round } from '../../harness/watch/round.ts'
import { amount } from '../figures.ts'
import { count } from '../words.ts'
import { axis, figure, percent, table } from './chart.ts'
import { document } from './document.ts'
import { type Child, el, type Markup } from './markup.ts'

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

/** A day of rounds each quarter of an hour; fewer than the second number do not fill the chart. */
const [mostDrawn, leastDrawn] = [96, 24]
const listedGroups = 12
const listedEvents = 20

export function renderWatchPage({ ledger, now, version, reportOf }: WatchPage): string {
  // What needs somebody comes first.
  const order = ['down', 'slow', 'unknown', 'up'] as const
  const hosts = [...ledger.hosts.values()].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.host.localeCompare(b.host),
  )
  return document({
    title: 'chatmail-check watch',
    heading: `chatmail-check watch · ${minute(now)} UTC`,
    main: [
      hosts.length === 0 ? el('p', { class: 'verdict open' }, '? No round has ended yet') : undefined,
      ...hosts.map((state, index) => hostPart(state, `host-${index + 1}`, now, reportOf(state.host))),
      eventsPart(ledger.events),
    ],
    footer: [el('p', {}, `chatmail-check ${version}. A round is one message from one account of ours to another.`)],
  })
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
    state.rounds.length === 0 ? undefined : chart(state.rounds.slice(-mostDrawn)),
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

const height = 168
const floor = 120
const tall = 96
const [least, most] = [1, 30_000]

function chart(rounds: readonly Round[]): Markup {
  const slots = Math.max(leastDrawn, rounds.length)
  const x = axis(0, slots, 9, 100)
  const up = axis(Math.log10(least), Math.log10(most), 0, tall)
  const y = (ms: number) => floor - up(Math.log10(Math.min(most, Math.max(least, ms))))
  const first = slots - rounds.length
  const bars = rounds.map((one, index) => {
    const place = { x: percent(x(first + index) + 0.08), width: percent(x(1) - x(0) - 0.16) }
    const title = el('title', {}, `${minute(one.at)} UTC: ${words(one)}`)
    if (one.outcome === 'not-judged') {
      return el('g', { class: 'session' }, title, el('rect', { ...place, y: floor - 4, height: 4 }))
    }
    const top = one.outcome === 'fails' ? floor - tall : y(one.delivery ?? most)
    const tone = one.outcome === 'arrives' ? 'bar' : 'late'
    return el('g', { class: tone }, title, el('rect', { ...place, y: top, height: Math.max(1, floor - top) }))
  })
  const judged = rounds.filter(({ outcome }) => outcome !== 'not-judged')
  const failed = judged.filter(({ outcome }) => outcome === 'fails').length
  const grid = [10, 100, 1_000, 10_000].map((ms) => [
    el('line', { x1: '9%', x2: '100%', y1: y(ms), y2: y(ms), class: ms === 1_000 ? 'limit' : 'grid' }),
    el('text', { x: '8%', y: y(ms) + 4, class: ms === 1_000 ? 'limit-text end' : 'muted end' }, amount(ms, 'ms')),
  ])
  return figure(
    {
      title: `The latest ${count(rounds.length, 'round')}`,
      alternative: `Delivery time of each round; ${failed} of ${judged.length} failed. The limit is one second.`,
      height,
      drawn: [
        grid,
        bars,
        el('line', { x1: '9%', x2: '100%', y1: floor, y2: floor, class: 'axis' }),
        rounds.length < leastDrawn
          ? undefined
          : el('text', { x: percent(x(first)), y: floor + 18, class: 'muted' }, minute(rounds[0]?.at ?? '').slice(5)),
        el('text', { x: '100%', y: floor + 18, class: 'muted end' }, minute(rounds.at(-1)?.at ?? '').slice(5)),
        el(
          'text',
          { x: '9%', y: floor + 38, class: 'muted' },
          'time until fetched (logarithmic); red: late, or not at all',
        ),
      ],
    },
    table(
      ['latest first (UTC)', 'rounds', 'outcome'],
      groups(rounds)
        .toReversed()
        .slice(0, listedGroups)
        .map(({ from, to, n, what }) => [from === to ? from : `${from} to ${to.slice(11)}`, String(n), what]),
    ),
  )
}

/** Rounds in a row of which the same is to be said, oldest first. */
function groups(rounds: readonly Round[]) {
  const all: { from: string; to: string; n: number; what: string }[] = []
  for (const one of rounds) {
    const [last, at, what] = [all.at(-1), minute(one.at), words(one)]
    if (last?.what === what) Object.assign(last, { to: at, n: last.n + 1 })
    else all.push({ from: at, to: at, n: 1, what })
  }
  return all
}

function words({ outcome, delivery, reason = '' }: Round): string {
  switch (outcome) {
    case 'arrives':
      return `arrived in ${amount(delivery ?? 0, 'ms')}`
    case 'slow':
      return `late: ${amount(delivery ?? 0, 'ms')}`
    case 'fails':
      return `failed: ${reason}`
    case 'not-judged':
      return `not judged: ${reason}`
  }
}

function eventsPart(events: readonly WatchEvent[]): Child {
  if (events.length === 0) return undefined
  return el(
    'section',
    { 'aria-labelledby': 'events' },
    el('h2', { id: 'events' }, 'Noticed'),
    table(
      ['when (UTC)', 'what'],
      events
        .slice(-listedEvents)
        .toReversed()
        .map(({ at, text }) => [minute(at), text]),
    ),
  )
}

const minute = (time: string): string => time.slice(0, 16).replace('T', ' ')
