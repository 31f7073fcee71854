// What each stage takes longer on the new server: the estimate with its interval, over what would be no slowdown yet. For html.ts.
import { parts, type StageChange } from '../../harness/result/interleave.ts'
import type { stageNames } from '../../harness/result/trace.ts'
import { axis, figure, percent, table } from '../html/chart.ts'
import { type Child, el, type Markup } from '../html/markup.ts'
import { gutter, signedTicks } from '../html/plot.ts'
import { english } from '../language/language.ts'
import { between, ms, share, signed, signedTick, verdictOf } from './telling.ts'

const { words } = english

const groupNames = {
  submission: 'opening a session to send',
  delivery: 'the message',
  reading: 'opening a session to read',
} as const satisfies Record<(typeof parts)[number], string>

/** Pixels: a stage, the name of a group above its stages, and what stands over them all. */
const row = 21
const heading = 26
const top = 24
/** Percent of the width; behind it stand the figures. */
const plot = { left: 1, right: 78 }

const looks = { slower: 'bad', faster: 'good', same: 'first', open: 'quiet' } as const

export function shiftChart(stages: readonly StageChange[]): Markup {
  const ends = stages.flatMap(({ low, high, change, tolerance }) => [low ?? change, high ?? change, tolerance])
  const most = Math.max(...ends) * 1.02
  // Room on the left, so that 0 is seen to be in the middle of what may be.
  const least = Math.min(-most / 6, ...ends)
  const ticks = signedTicks(least, most)
  const at = axis(least, most, plot.left, plot.right)
  const drawn: Child[] = []
  let y = top
  for (const [name, group] of grouped(stages)) {
    drawn.push(el('text', { x: -gutter, y: y + heading - 9, class: 'panel' }, name))
    y += heading
    for (const stage of group) {
      drawn.push(stageRow(stage, y, at))
      y += row
    }
  }
  const slower = stages.filter(({ verdict }) => verdict === 'slower')
  return figure(
    {
      title: 'What each stage takes longer on the new server',
      look: 'plot',
      alternative:
        `Change of ${stages.length} stages with intervals. ` +
        (slower.length === 0
          ? 'None is slower.'
          : `Slower: ${slower.map((one) => `${one.stage} ${signed(english, one.change)} ms, ${between(english, one)}`).join('; ')}.`),
      height: y + 44,
      drawn: [
        el('text', { x: '100%', y: 12, class: 'end muted' }, 'new against old'),
        ticks.map((value) => [
          el('line', {
            x1: percent(at(value)),
            x2: percent(at(value)),
            y1: top,
            y2: y + 6,
            class: value === 0 ? 'axis' : 'grid',
          }),
          el('text', { x: percent(at(value)), y: y + 20, class: 'tick middle' }, signedTick(value)),
        ]),
        el('text', { x: percent(at(0)), y: y + 38, class: 'tick start' }, 'milliseconds longer'),
        drawn,
      ],
    },
    el(
      'p',
      { class: 'legend' },
      el('span', {}, el('i', { class: 'key zone' }), 'no slowdown yet'),
      el('span', {}, el('i', { class: 'key bar' }), 'estimate and interval'),
    ),
    el('details', {}, el('summary', {}, 'The same in numbers'), stageTable(stages)),
  )
}

/** The parts of a delivery in their order, and the whole. */
function grouped(stages: readonly StageChange[]): readonly (readonly [string, readonly StageChange[]])[] {
  const groups = parts.map(
    (part) => [groupNames[part], stages.filter(({ stage }) => stage.startsWith(`${part}.`))] as const,
  )
  const rest = stages.filter(({ stage }) => !stage.includes('.'))
  return [...groups, ['all of it', rest] as const].filter(([, group]) => group.length > 0)
}

function stageRow(one: StageChange, y: number, at: (value: number) => number): Markup {
  const { stage, change, tolerance, low, high, verdict } = one
  const look = looks[verdict]
  const middle = y + row / 2
  const [from, to] = [low === undefined ? plot.left : at(low), high === undefined ? plot.right : at(high)]
  return el(
    'g',
    { class: `shift ${look}` },
    el('title', {}, `${stage}: ${signed(english, change)} ms, ${between(english, one)}; ${verdictOf(english, one)}`),
    el('rect', {
      x: percent(plot.left),
      width: percent(at(tolerance) - plot.left),
      y: y + 1,
      height: row - 2,
      class: 'zone',
    }),
    el('text', { x: -gutter, y: middle + 4 }, labelOf(stage)),
    el('rect', { x: percent(from), width: percent(Math.max(0.3, to - from)), y: middle - 2, height: 4, rx: 2 }),
    el('circle', { cx: percent(at(change)), cy: middle, r: 4 }),
    el(
      'text',
      { x: '100%', y: middle + 4, class: `end ${verdict === 'slower' ? 'word bad' : ''}` },
      `${signed(english, change)} ms`,
    ),
  )
}

/** `RCPT` of `delivery.rcpt`. */
export function labelOf(stage: string): string {
  const name = stage.split('.').at(-1) as (typeof stageNames)[number]
  return words.stages[name]?.head ?? stage
}

function stageTable(stages: readonly StageChange[]): Markup {
  const head = [
    'stage',
    'old (ms)',
    'new (ms)',
    'change (ms)',
    'between (ms)',
    'no slowdown yet (ms)',
    'beside (ms)',
    '',
  ]
  return table(
    english,
    head,
    stages.map((one) => [
      one.stage,
      ms(english, one.old),
      ms(english, one.new),
      `${signed(english, one.change)} (${share(english, one.change, one.old)})`,
      el('span', { class: 'nowrap' }, between(english, one)),
      `up to ${ms(english, one.tolerance)}`,
      ms(english, one.control),
      el('span', { class: `${one.verdict === 'slower' ? 'bad' : 'muted'} nowrap` }, verdictOf(english, one)),
    ]),
  )
}
