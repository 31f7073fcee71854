// Where the time of one delivery goes: a bar a stage, each beginning where the one before it ends. For host-section.ts.
import type { Measurement } from '../../harness/result/schema.ts'
import { stageNames } from '../../harness/result/trace.ts'
import { amount, percentile } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { axis, type Chart, figure, percent, table } from './chart.ts'
import { el, type Markup } from './markup.ts'
import { gutter, signedTicks } from './plot.ts'

interface Stage {
  readonly head: string
  readonly long: string
  readonly part: 'session' | 'delivery'
  /** Milliseconds. */
  readonly started: number
  readonly took: number
  readonly samples: number
}

const row = 22
const top = 8
/** Percent of the width; behind it stand the figures. */
const plot = { left: 0, right: 82 }
/** Letters of a name that have room beside the bars; all of it is in the table. */
const fits = 8

/** Undefined when no stage was measured. */
export function stageChart(language: Language, measurements: readonly Measurement[]): Markup | undefined {
  const { say, words } = language
  const { stageChart: own } = words
  const time = (ms: number): string => amount(ms, 'ms', language)
  const stages = stagesOf(language, measurements)
  const last = stages.at(-1)
  if (last === undefined) return undefined
  const total = last.started + last.took
  const longest = Math.max(...stages.map(({ took }) => took))
  const at = axis(0, total, plot.left, plot.right)
  const floor = top + stages.length * row
  const bars = stages.map(({ head, long, part, started, took }, index) => {
    const y = top + index * row
    const end = percent(at(started + took))
    const word = took === longest ? 'word' : undefined
    return el(
      'g',
      { class: part === 'session' ? 'session' : 'bar' },
      el('title', {}, `${long}: ${time(took)}`),
      el('text', { x: -gutter, y: y + 15, class: word }, head.length > fits ? `${head.slice(0, fits - 1)}…` : head),
      el('rect', {
        x: percent(at(started)),
        width: percent(Math.max(0.4, at(started + took) - at(started))),
        y: y + 3,
        height: row - 6,
        rx: 2,
      }),
      // Where this one ends the next begins.
      index === stages.length - 1
        ? undefined
        : el('line', { x1: end, x2: end, y1: y + row / 2, y2: y + row + 3, class: 'step' }),
      el('text', { x: '100%', y: y + 15, class: word === undefined ? 'end' : 'end word' }, time(took)),
    )
  })
  const chart: Chart = {
    title: own.title,
    look: 'plot',
    alternative: say(own.alternative, {
      stages: stages.map(({ long, took }) => `${long} ${time(took)}`).join(words.comma),
      total: time(total),
    }),
    height: floor + 28,
    drawn: [
      el('line', { x1: percent(plot.left), x2: percent(plot.right), y1: floor + 4, y2: floor + 4, class: 'axis' }),
      signedTicks(0, total).map((ms) => {
        const x = percent(at(ms))
        return [
          el('line', { x1: x, x2: x, y1: top, y2: floor + 4, class: 'grid' }),
          el('text', { x, y: floor + 20, class: ms === 0 ? 'tick start' : 'tick middle' }, time(ms)),
        ]
      }),
      ...bars,
      el('line', { x1: percent(plot.right + 4), x2: '100%', y1: floor + 4, y2: floor + 4, class: 'axis' }),
      el('text', { x: '100%', y: floor + 20, class: 'end word' }, `Σ ${time(total)}`),
    ],
  }
  const legend = el(
    'p',
    { class: 'legend' },
    el('span', {}, el('i', { class: 'key session' }), own.session),
    el('span', {}, el('i', { class: 'key bar' }), own.delivery),
  )
  const rows = stages.map(({ long, started, took, samples }) => [long, time(started), time(took), String(samples)])
  return figure(chart, legend, table(language, [own.stage, own.begins, own.takes, own.samples], rows))
}

function stagesOf({ words }: Language, measurements: readonly Measurement[]): readonly Stage[] {
  const stages: Stage[] = []
  let started = 0
  for (const name of stageNames) {
    for (const [whole, part] of [
      ['submission', 'session'],
      ['delivery', 'delivery'],
    ] as const) {
      const found = measurements.find(({ id, unit }) => id === `${whole}.${name}` && unit === 'ms')
      const middle = found && percentile(found, 50)
      if (found === undefined || typeof middle !== 'number') continue
      const took = Math.max(0, middle)
      stages.push({ ...words.stages[name], part, started, took, samples: found.samples.length + found.censored })
      started += took
    }
  }
  return stages
}
