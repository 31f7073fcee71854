// What a search for capacity saw: p99 of delivery at every rate that was tried, what held and what gave way, and the gap
// between. Its numbers as a table. For capacity-section.ts.
import type { CapacityRecord } from '../../harness/result/capacity-schema.ts'
import { answerOf } from '../capacity-words.ts'
import { amount } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { printable } from '../plain-text.ts'
import { type Chart, figure, percent, table } from './chart.ts'
import { recorded } from './foreign.ts'
import { type Child, el, type Markup } from './markup.ts'
import { below, frame, limitLine, logPanel, px, roundTicks, without } from './plot.ts'

type Step = CapacityRecord['steps'][number]

const limit = 1_000
const panelTop = 38
const panelHeight = 200
const floor = panelTop + panelHeight
/** The numbers across, and their name. */
const foot = 44

const glyphs = { holds: '●', 'gives-way': '✕', invalid: '○' } as const
const looks = { holds: 'first', 'gives-way': 'bad', invalid: 'quiet' } as const

/** Undefined when nothing was tried. */
export function capacityChart(language: Language, capacity: CapacityRecord): Markup | undefined {
  const { steps, bracket } = capacity
  if (steps.length === 0) return undefined
  const { say, count, number, words } = language
  const text = words.load.capacity
  const rates = steps.map(({ rate }) => rate)
  const most = Math.max(...rates, bracket.givesWay ?? 0)
  const ticks = roundTicks(most)
  const right = Math.max(most * 1.05, ticks.at(-1) ?? 0)
  const x = (rate: number): string => percent((rate / right) * 100)
  const times = steps.flatMap(({ p99 }) => p99 ?? [])
  const panel = logPanel(panelTop, panelHeight, times, limit, (ms) => amount(ms, 'ms', language))
  const { holds, givesWay } = bracket
  const chart: Chart = {
    title: text.chart,
    look: 'plot',
    alternative: say(text.alternative, {
      steps: count(text.steps, steps.length),
      low: number(Math.min(...rates), 1),
      high: number(Math.max(...rates), 1),
      answer: answerOf(capacity, language),
    }),
    height: floor + foot,
    drawn: [
      holds > 0 && givesWay !== undefined
        ? el('rect', {
            x: x(holds),
            width: percent(((givesWay - holds) / right) * 100),
            y: panelTop,
            height: panelHeight,
            class: 'bracket',
          })
        : undefined,
      frame(
        without(panel, limit),
        text.delivery,
        [`${glyphs.holds} ${text.holdsMark}`, 'first'],
        [`${glyphs['gives-way']} ${text.givesWayMark}`, 'bad'],
        ...(steps.some(({ verdict }) => verdict === 'invalid')
          ? [[`${glyphs.invalid} ${text.invalidMark}`, 'quiet'] as const]
          : []),
      ),
      limitLine(panel, limit, amount(limit, 'ms', language)),
      steps.map((step) => mark(language, step, x(step.rate), panel.y)),
      edge(holds, x, 'first'),
      givesWay === undefined ? undefined : edge(givesWay, x, 'bad'),
      below(
        floor,
        ticks.map((rate) => ({ at: rate / right, label: number(rate, 1) })),
      ),
      el('text', { x: '100%', y: floor + 36, class: 'end muted' }, text.axis),
    ],
  }
  return figure(chart, el('details', {}, el('summary', {}, text.numbers), stepTable(language, steps)))
}

/** Nothing came in time: it stands at the top. */
function mark(language: Language, step: Step, x: string, y: (ms: number) => number): Markup {
  const { rate, verdict, p99, why } = step
  const at = p99 === undefined ? panelTop : y(p99)
  const { text, number } = { text: language.words.load.capacity, number: language.number }
  const said = `${number(rate, 1)}: ${text.verdict[verdict]}${why === undefined ? '' : `, ${printable(why, 200)}`}`
  return el(
    'g',
    { class: `mark-${looks[verdict]}` },
    el('title', {}, said),
    verdict === 'gives-way'
      ? el('text', { x, y: px(at + 5), class: 'middle cross' }, '✕')
      : el('circle', { cx: x, cy: px(at), r: 4.5 }),
  )
}

/** Where the gap begins or ends, down to the axis. */
function edge(rate: number, x: (rate: number) => string, look: string): Child {
  if (rate <= 0) return undefined
  return el('line', { x1: x(rate), x2: x(rate), y1: panelTop, y2: floor + 4, class: `edge ${look}` })
}

function stepTable(language: Language, steps: readonly Step[]): Child {
  const { say, number, words } = language
  const text = words.load.capacity
  const ms = (value: number | undefined): string => (value === undefined ? '' : amount(value, 'ms', language))
  return table(
    language,
    [text.head.step, text.head.rate, text.head.verdict, 'p50', 'p99', text.head.failed, text.head.lost, text.head.why],
    steps.map((step) => [
      text.purpose[step.purpose],
      number(step.rate, 2),
      el(
        'span',
        { class: `${step.verdict === 'gives-way' ? 'bad' : step.verdict === 'holds' ? 'good' : 'open'} nowrap` },
        `${glyphs[step.verdict]} ${text.verdict[step.verdict]}`,
      ),
      ms(step.p50),
      ms(step.p99),
      say(words.percent, { n: number(step.failed * 100, 2) }),
      String(step.lost),
      step.why === undefined ? '' : recorded(language, printable(step.why, 300)),
    ]),
  )
}
