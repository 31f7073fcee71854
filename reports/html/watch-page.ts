// The page of a watch: how each host stands, its latest rounds as a chart, and what was noticed. Pure. Used by the watch.
import { daysLeft, type HostState, type Ledger, type WatchEvent } from '../../harness/watch/ledger.ts'
import { amount } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { eventSentence, lasting } from '../watch-events.ts'
import { table } from './chart.ts'
import { htmlDocument } from './document.ts'
import { recorded, sentence } from './foreign.ts'
import { type Child, el, type Markup } from './markup.ts'
import { roundsChart } from './rounds-chart.ts'

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

export function renderWatchPage({ ledger, now, version, reportOf }: WatchPage, language: Language): string {
  const { say, moment, words } = language
  const text = words.watch
  // What needs somebody comes first.
  const order = ['down', 'slow', 'unknown', 'up'] as const
  const hosts = [...ledger.hosts.values()].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.host.localeCompare(b.host),
  )
  return htmlDocument(
    language,
    { title: text.title },
    el('header', {}, el('h1', {}, `${text.title} · ${moment(now)}`)),
    el(
      'main',
      {},
      hosts.length === 0 ? el('p', { class: 'verdict open' }, `? ${text.none}`) : undefined,
      ...hosts.map((state, index) => hostPart(language, state, `host-${index + 1}`, now, reportOf(state.host))),
      eventsPart(language, ledger.events),
    ),
    el('footer', { class: 'muted' }, el('p', {}, say(text.made, { version }))),
  )
}

function hostPart(language: Language, state: HostState, id: string, now: string, report: string | undefined): Markup {
  const { say, moment, words } = language
  const { glyph, tone } = looks[state.status]
  return el(
    'section',
    { id, 'aria-labelledby': `${id}-name` },
    el('h2', { id: `${id}-name` }, state.host),
    el('p', { class: `verdict ${tone}` }, `${glyph} `, ...standing(language, state, now)),
    state.status === 'down' ? el('p', {}, recorded(language, state.rounds.at(-1)?.reason ?? '')) : undefined,
    tiles(language, state, now),
    state.rounds.length === 0 ? undefined : roundsChart(language, state.rounds.slice(-drawnRounds)),
    report === undefined
      ? undefined
      : el('p', {}, el('a', { href: report }, say(words.watch.report, { moment: moment(state.full?.at ?? now) }))),
  )
}

function standing(language: Language, { status, since, rounds }: HostState, now: string): readonly Child[] {
  const { say, words } = language
  const text = words.watch
  const last = rounds.at(-1)
  const time = lasting(language, since, now)
  const delivery = last?.delivery === undefined ? '' : say(text.latest, { time: amount(last.delivery, 'ms', language) })
  switch (status) {
    case 'up':
    case 'slow':
      return [say(text[status], { time }), delivery]
    case 'down':
      return [say(text.down, { time })]
    case 'unknown':
      return [text.unknown, ' ', last?.reason === undefined ? text.noRound : recorded(language, last.reason)]
  }
}

function tiles(language: Language, state: HostState, now: string): Markup {
  const { say, count, words } = language
  const { counts, certificateEnds, addresses, full } = state
  const text = words.watch.tile
  const tile = (value: string, name: string): Markup => el('li', {}, el('strong', {}, value), name)
  const judged = counts.arrives + counts.slow + counts.fails
  const left = certificateEnds === undefined ? undefined : daysLeft(certificateEnds, now)
  return el(
    'ul',
    { class: 'tiles' },
    tile(say(text.arrived, { n: counts.arrives, all: judged }), count(text.inTime, judged)),
    counts['not-judged'] === 0 ? undefined : tile(String(counts['not-judged']), text.notJudged),
    left === undefined ? undefined : tile(remaining(language, left), text.certificate),
    addresses.length === 0 ? undefined : tile(addresses.join(' '), count(text.address, addresses.length)),
    full === undefined ? undefined : tile(String(full.problems.length), count(text.problems, full.problems.length)),
  )
}

function remaining({ count, words }: Language, days: number): string {
  const { lasting: text, tile } = words.watch
  if (days < 0) return tile.nothing
  return days > 800 ? count(text.years, Math.floor(days / 365)) : count(text.days, days)
}

function eventsPart(language: Language, events: readonly WatchEvent[]): Child {
  if (events.length === 0) return undefined
  const { noticed, when, what } = language.words.watch
  return el(
    'section',
    { 'aria-labelledby': 'events' },
    el('h2', { id: 'events' }, noticed),
    table(
      language,
      [when, what],
      events
        .slice(-listedEvents)
        .toReversed()
        .map((event) => [language.moment(event.at), sentence(language, eventSentence(language, event))]),
    ),
  )
}
