// The latest rounds of a watched host: a bar for each, with the one-second line, and what they were as a table. For watch-page.ts.
import type { Round } from '../../harness/watch/round.ts'
import { amount } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { figure, percent, table } from './chart.ts'
import { recorded } from './foreign.ts'
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
export function roundsChart(language: Language, rounds: readonly Round[]): Markup {
  const { say, count, words } = language
  const text = words.watch.chart
  const slots = Math.max(leastSlots, rounds.length)
  const times = rounds.flatMap(({ delivery }) => delivery ?? [])
  const panel = logPanel(panelTop, panelHeight, times, limit, (ms) => amount(ms, 'ms', language))
  const judged = rounds.filter(({ outcome }) => outcome !== 'not-judged')
  const failed = judged.filter(({ outcome }) => outcome === 'fails').length
  const [first, last] = [rounds[0]?.at ?? '', rounds.at(-1)?.at ?? '']
  return figure(
    {
      title: count(text.title, rounds.length),
      look: 'plot',
      alternative: say(text.alternative, { failed, judged: judged.length }),
      height,
      drawn: [
        frame(without(panel, limit), text.axis),
        limitLine(panel, limit, amount(limit, 'ms', language)),
        rounds.map((one, index) => bar(language, one, panel, (slots - rounds.length + index) / slots, 1 / slots)),
        below(floor, [
          ...(rounds.length < leastSlots ? [] : [{ at: 0, label: minute(first).slice(5) }]),
          { at: 1, label: minute(last).slice(5) },
        ]),
      ],
    },
    table(
      language,
      [text.latest, text.rounds, text.outcome],
      groups(language, rounds)
        .toReversed()
        .slice(0, listedGroups)
        .map(({ from, to, n, one }) => [
          from === to ? from : `${from} – ${to.slice(11)}`,
          String(n),
          outcomeOf(language, one),
        ]),
    ),
  )
}

/** `at` and `wide` are shares of the width. What our own trouble hides is a stump. */
function bar(language: Language, one: Round, panel: Panel, at: number, wide: number): Child {
  const top = { arrives: undefined, slow: undefined, fails: panelTop, 'not-judged': floor - 4 }[one.outcome]
  const y = px(top ?? Math.min(floor - 1, panel.y(one.delivery ?? limit)))
  const look = { arrives: 'bar', slow: 'late', fails: 'late', 'not-judged': 'session' }[one.outcome]
  return el(
    'g',
    { class: look },
    el(
      'title',
      {},
      language.say(language.words.watch.chart.bar, { moment: minute(one.at), outcome: outcomeText(language, one) }),
    ),
    el('rect', { x: percent(100 * (at + wide / 12)), width: percent((100 * wide * 5) / 6), y, height: px(floor - y) }),
  )
}

/** Rounds in a row of which the same is to be said, oldest first. */
function groups(language: Language, rounds: readonly Round[]) {
  const all: { from: string; to: string; n: number; what: string; one: Round }[] = []
  for (const one of rounds) {
    const [last, at, what] = [all.at(-1), minute(one.at), outcomeText(language, one)]
    if (last?.what === what) Object.assign(last, { to: at, n: last.n + 1 })
    else all.push({ from: at, to: at, n: 1, what, one })
  }
  return all
}

function outcomeText(language: Language, round: Round): string {
  const { outcome, reason = '' } = round
  return outcome === 'fails' || outcome === 'not-judged'
    ? `${language.words.watch.chart[outcome]} ${reason}`
    : timed(language, outcome, round)
}

/** With the reason, which is English, marked. */
function outcomeOf(language: Language, round: Round): Child {
  const { outcome, reason } = round
  return outcome === 'fails' || outcome === 'not-judged'
    ? [language.words.watch.chart[outcome], ' ', recorded(language, reason)]
    : timed(language, outcome, round)
}

function timed(language: Language, outcome: 'arrives' | 'slow', { delivery = 0 }: Round): string {
  return language.say(language.words.watch.chart[outcome], { time: amount(delivery, 'ms', language) })
}

export const minute = (time: string): string => time.slice(0, 16).replace('T', ' ')
