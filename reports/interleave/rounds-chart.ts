// How much longer a stage took on the new server, message by message, with the estimate and its interval. For html.ts.
import type { Round, StageChange } from '../../harness/result/interleave.ts'
import { figure, percent } from '../html/chart.ts'
import { el, type Markup } from '../html/markup.ts'
import { below, frame, px, signedPanel } from '../html/plot.ts'
import type { Language } from '../language/language.ts'
import { changeText, nameOf, signedMs, signedTick } from './telling.ts'

const panelTop = 38
const panelHeight = 130
const floor = panelTop + panelHeight
/** A few very slow messages would press all others flat: so many of 100 at either end do not stretch the drawing. */
const beyond = 0.03

/** Undefined when no message came through both. */
export function roundsChart(language: Language, one: StageChange, rounds: readonly Round[]): Markup | undefined {
  const { say, count, words } = language
  const { messages: text, tolerance } = words.compare.turns
  const differences = rounds.map((round) => differenceOf(one.stage, round))
  const known = differences.filter((value) => value !== undefined).toSorted((a, b) => a - b)
  if (known.length === 0) return undefined
  const edge = Math.floor(known.length * beyond)
  const [least, most] = [known[edge] ?? 0, known[known.length - 1 - edge] ?? 0]
  const panel = signedPanel(
    panelTop,
    panelHeight,
    Math.min(-one.tolerance, least, one.low ?? 0),
    Math.max(one.tolerance, most, one.high ?? 0),
    (value) => signedTick(language, value),
  )
  const x = (index: number): string => percent(((index + 0.5) / rounds.length) * 100)
  const band = (from: number, to: number, look: string): Markup =>
    el('rect', { x: 0, width: '100%', y: px(panel.y(to)), height: px(panel.y(from) - panel.y(to)), class: look })
  return figure(
    {
      title: say(text.title, { stage: nameOf(language, one.stage) }),
      look: 'plot',
      alternative: count(text.alternative, known.length, { change: changeText(language, one) }),
      height: floor + 28,
      drawn: [
        band(-one.tolerance, one.tolerance, 'zone'),
        frame(panel, text.axis),
        one.low === undefined || one.high === undefined ? undefined : band(one.low, one.high, 'interval'),
        el('line', { x1: 0, x2: '100%', y1: px(panel.y(one.change)), y2: px(panel.y(one.change)), class: 'estimate' }),
        differences.map((value, index) =>
          value === undefined
            ? undefined
            : el(
                'circle',
                { cx: x(index), cy: px(panel.y(value)), r: 2.5, class: 'dot first' },
                el('title', {}, `${say(text.at, { n: index + 1 })}${words.colon}${signedMs(language, value)}`),
              ),
        ),
        below(floor, [
          { at: 0, label: text.first },
          { at: 1, label: say(text.at, { n: rounds.length }) },
        ]),
      ],
    },
    el(
      'p',
      { class: 'legend' },
      el('span', {}, el('i', { class: 'key zone' }), tolerance),
      el('span', {}, el('i', { class: 'key interval' }), text.interval),
      el('span', {}, el('i', { class: 'key bar' }), text.mark),
    ),
  )
}

/** Milliseconds; undefined when the message did not come through one of them. */
function differenceOf(stage: string, { old, new: young }: Round): number | undefined {
  if (old === null || young === null) return undefined
  const took = (sample: NonNullable<Round['old']>): number | undefined =>
    stage === 'whole' ? Object.values(sample).reduce((sum, ms) => sum + ms, 0) : sample[stage]
  const [before, now] = [took(old), took(young)]
  return before === undefined || now === undefined ? undefined : now - before
}
