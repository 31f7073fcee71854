// Where the time of one delivery goes: a bar a stage, each beginning where the one before it ends. For host-section.ts.
import type { Measurement } from '../../harness/result/schema.ts'
import { stageNames } from '../../harness/result/trace.ts'
import { amount, percentile } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { axis, type Chart, figure, percent, table } from './chart.ts'
import { el, type Markup } from './markup.ts'

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
/** Percent of the width. */
const plot = { left: 17, right: 84 }

/** Undefined when no stage was measured. */
export function stageChart(language: Language, measurements: readonly Measurement[]): Markup | undefined {
  const { say, words } = language
  const { stageChart: own } = words
  const time = (ms: number): string => amount(ms, 'ms', language)
  const stages = stagesOf(language, measurements)
  const last = stages.at(-1)
  if (last === undefined) return undefined
  const total = last.started + last.took
  const at = axis(0, total, plot.left, plot.right)
  const floor = top + stages.length * row
  const bars = stages.map(({ head, long, part, started, took }, index) => {
    const y = top + index * row
    return el(
      'g',
      { class: part === 'session' ? 'session' : 'bar' },
      el('title', {}, `${long}: ${time(took)}`),
      el('text', { x: 0, y: y + 14 }, head),
      el('rect', {
        x: percent(at(started)),
        width: percent(Math.max(0.4, at(started + took) - at(started))),
        y: y + 3,
        height: row - 7,
        rx: 2,
      }),
      el('text', { x: '100%', y: y + 14, class: 'end' }, time(took)),
    )
  })
  const chart: Chart = {
    title: own.title,
    alternative: say(own.alternative, {
      stages: stages.map(({ long, took }) => `${long} ${time(took)}`).join(words.comma),
      total: time(total),
    }),
    height: floor + 28,
    drawn: [
      ticks(total).map((ms) => [
        el('line', { x1: percent(at(ms)), x2: percent(at(ms)), y1: top, y2: floor + 4, class: 'grid' }),
        el('text', { x: percent(at(ms)), y: floor + 20, class: 'middle' }, time(ms)),
      ]),
      ...bars,
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

/** Three to six round numbers from 0. */
function ticks(total: number): readonly number[] {
  if (!(total > 0)) return [0]
  const rough = total / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough
  return Array.from({ length: Math.floor(total / step + 1e-9) + 1 }, (_, index) => index * step)
}
