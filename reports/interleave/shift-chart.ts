// What each stage takes longer on the new server: the estimate with its interval, over what would be no slowdown yet. For html.ts.
import { parts, type StageChange } from '../../harness/result/interleave.ts'
import type { stageNames } from '../../harness/result/trace.ts'
import { axis, figure, percent, table } from '../html/chart.ts'
import { type Child, el, type Markup } from '../html/markup.ts'
import { gutter, signedTicks } from '../html/plot.ts'
import type { Language } from '../language/language.ts'
import { between, changeText, ms, nameOf, share, signed, signedMs, signedTick, unbroken, verdictOf } from './telling.ts'

/** Pixels: a stage, the name of a group above its stages, and what stands over them all. */
const row = 21
const heading = 26
const top = 24
/** Percent of the width; behind it stand the figures. */
const right = 78
/** Where it begins: names of more letters than `fits` need more room than the gutter has. */
const lefts = { short: 1, long: 11 } as const
const fits = 8

interface Scale {
  /** Percent of the width. */
  readonly left: number
  readonly at: (value: number) => number
}

const looks = { slower: 'bad', faster: 'good', same: 'first', open: 'quiet' } as const

export function shiftChart(language: Language, stages: readonly StageChange[]): Markup {
  const { say, count, words } = language
  const { shifts: text, tolerance: notYet } = words.compare.turns
  const ends = stages.flatMap(({ low, high, change, tolerance }) => [low ?? change, high ?? change, tolerance])
  const most = Math.max(...ends) * 1.02
  // Room on the left, so that 0 is seen to be in the middle of what may be.
  const least = Math.min(-most / 6, ...ends)
  const ticks = signedTicks(least, most)
  const long = stages.some(({ stage }) => labelOf(language, stage).length > fits)
  const left = lefts[long ? 'long' : 'short']
  const at = axis(least, most, left, right)
  const drawn: Child[] = []
  let y = top
  for (const [name, group] of grouped(language, stages)) {
    drawn.push(el('text', { x: -gutter, y: y + heading - 9, class: 'panel' }, name))
    y += heading
    for (const stage of group) {
      drawn.push(stageRow(language, stage, y, { left, at }))
      y += row
    }
  }
  const slower = stages.filter(({ verdict }) => verdict === 'slower')
  return figure(
    {
      title: text.title,
      look: 'plot',
      alternative: count(text.alternative, stages.length, {
        slower:
          slower.length === 0
            ? text.none
            : say(text.slower, {
                stages: slower
                  .map((one) => `${nameOf(language, one.stage)} ${changeText(language, one)}`)
                  .join(words.clause),
              }),
      }),
      height: y + 44,
      drawn: [
        el('text', { x: '100%', y: 12, class: 'end muted' }, text.against),
        ticks.map((value) => [
          el('line', {
            x1: percent(at(value)),
            x2: percent(at(value)),
            y1: top,
            y2: y + 6,
            class: value === 0 ? 'axis' : 'grid',
          }),
          el('text', { x: percent(at(value)), y: y + 20, class: 'tick middle' }, signedTick(language, value)),
        ]),
        el('text', { x: percent(at(0)), y: y + 38, class: 'tick start' }, text.axis),
        drawn,
      ],
    },
    el(
      'p',
      { class: 'legend' },
      el('span', {}, el('i', { class: 'key zone' }), notYet),
      el('span', {}, el('i', { class: 'key bar' }), text.mark),
    ),
    el('details', {}, el('summary', {}, words.compare.delivery.numbers), stageTable(language, stages)),
  )
}

/** The parts of a delivery in their order, and the whole. */
function grouped(
  { words }: Language,
  stages: readonly StageChange[],
): readonly (readonly [string, readonly StageChange[]])[] {
  const { group } = words.compare.turns.shifts
  const groups = parts.map((part) => [group[part], stages.filter(({ stage }) => stage.startsWith(`${part}.`))] as const)
  const rest = stages.filter(({ stage }) => !stage.includes('.'))
  return [...groups, [group.whole, rest] as const].filter(([, inside]) => inside.length > 0)
}

function stageRow(language: Language, one: StageChange, y: number, { left, at }: Scale): Markup {
  const { stage, change, tolerance, low, high, verdict } = one
  const { colon, clause } = language.words
  const look = looks[verdict]
  const middle = y + row / 2
  const [from, to] = [low === undefined ? left : at(low), high === undefined ? right : at(high)]
  return el(
    'g',
    { class: `shift ${look}` },
    el(
      'title',
      {},
      `${nameOf(language, stage)}${colon}${changeText(language, one)}${clause}${verdictOf(language, one)}`,
    ),
    el('rect', {
      x: percent(left),
      width: percent(at(tolerance) - left),
      y: y + 1,
      height: row - 2,
      class: 'zone',
    }),
    el('text', { x: -gutter, y: middle + 4 }, labelOf(language, stage)),
    el('rect', { x: percent(from), width: percent(Math.max(0.3, to - from)), y: middle - 2, height: 4, rx: 2 }),
    el('circle', { cx: percent(at(change)), cy: middle, r: 4 }),
    el(
      'text',
      { x: '100%', y: middle + 4, class: `end ${verdict === 'slower' ? 'word bad' : ''}` },
      signedMs(language, change),
    ),
  )
}

/** `RCPT` of `delivery.rcpt`. */
function labelOf(language: Language, stage: string): string {
  const name = stage.split('.').at(-1) as (typeof stageNames)[number]
  return language.words.stages[name]?.head ?? nameOf(language, stage)
}

function stageTable(language: Language, stages: readonly StageChange[]): Markup {
  const { say, words } = language
  const { shifts: text, head: heads, tolerance } = words.compare.turns
  const { old, new: young, change, between: range, beside } = heads
  const inMs = [old, young, change, range, tolerance, beside].map((head) => say(text.unit, { head }))
  return table(
    language,
    [heads.stage, ...inMs, ''],
    stages.map((one) => [
      nameOf(language, one.stage),
      ms(language, one.old),
      ms(language, one.new),
      `${signed(language, one.change)} (${unbroken(share(language, one.change, one.old))})`,
      el('span', { class: 'nowrap' }, between(language, one)),
      say(text.upTo, { n: ms(language, one.tolerance) }),
      ms(language, one.control),
      el('span', { class: one.verdict === 'slower' ? 'bad' : 'muted' }, verdictOf(language, one)),
    ]),
  )
}
