// The latest rounds of a watched host: a bar for each, with the one-second line, and what they were as a table. For watch-page.ts.
import type { Round } from '../../harness/watch/round.ts'
import { amount } from '../figures.ts'
import { english } from '../language/language.ts'
import { count } from '../words.ts'
import { figure, percent, table } from './chart.ts'
import { type Child, el, type Markup } from './markup.ts'
import { below, frame, limitLine, logPanel, type Panel, px, without } from './plot.ts'

const limit = 1_000
const panelTop = 38
const panelHeight = 110
const floor = panelTop + panelHeight
const height = floor + 28
/** Fewer rounds do not fill the width. */
const leastSlots = 24
const listedGroups = 12

/** Oldest first. */
export function roundsChart(rounds: readonly Round[]): Markup {
  const slots = Math.max(leastSlots, rounds.length)
  const times = rounds.flatMap(({ delivery }) => delivery ?? [])
  const panel = logPanel(panelTop, panelHeight, times, limit, (ms) => amount(ms, 'ms'))
  const judged = rounds.filter(({ outcome }) => outcome !== 'not-judged')
  const failed = judged.filter(({ outcome }) => outcome === 'fails').length
  const [first, last] = [rounds[0]?.at ?? '', rounds.at(-1)?.at ?? '']
  return figure(
    {
      title: `The latest ${count(rounds.length, 'round')}`,
      look: 'plot',
      alternative: `Delivery time of each round; ${failed} of ${judged.length} failed. The limit is one second.`,
      height,
      drawn: [
        frame(without(panel, limit), 'time until fetched (logarithmic); red: late, or not at all'),
        limitLine(panel, limit, amount(limit, 'ms')),
        rounds.map((one, index) => bar(one, panel, (slots - rounds.length + index) / slots, 1 / slots)),
        below(floor, [
          ...(rounds.length < leastSlots ? [] : [{ at: 0, label: minute(first).slice(5) }]),
          { at: 1, label: minute(last).slice(5) },
        ]),
      ],
    },
    table(
      english,
      ['latest first (UTC)', 'rounds', 'outcome'],
      groups(rounds)
        .toReversed()
        .slice(0, listedGroups)
        .map(({ from, to, n, what }) => [from === to ? from : `${from} to ${to.slice(11)}`, String(n), what]),
    ),
  )
}

/** `at` and `wide` are shares of the width. What our own trouble hides is a stump. */
function bar(one: Round, panel: Panel, at: number, wide: number): Child {
  const top = { arrives: undefined, slow: undefined, fails: panelTop, 'not-judged': floor - 4 }[one.outcome]
  const y = px(top ?? Math.min(floor - 1, panel.y(one.delivery ?? limit)))
  const look = { arrives: 'bar', slow: 'late', fails: 'late', 'not-judged': 'session' }[one.outcome]
  return el(
    'g',
    { class: look },
    el('title', {}, `${minute(one.at)} UTC: ${words(one)}`),
    el('rect', { x: percent(100 * (at + wide / 12)), width: percent((100 * wide * 5) / 6), y, height: px(floor - y) }),
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

export const minute = (time: string): string => time.slice(0, 16).replace('T', ' ')
