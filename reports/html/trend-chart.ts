// Runs of one host over time: their verdicts, p50 and p95 of delivery with the one-second line. Its numbers as a table.
// For trend-page.ts.
import { amount } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { type Trend, type TrendRun, verdictGlyphs } from '../trend.ts'
import { type Chart, figure, percent, table } from './chart.ts'
import { type Child, el, type Markup } from './markup.ts'
import { below, curve, frame, limitLine, logPanel, type Point, px, stretched, without } from './plot.ts'

const limit = 1_000
const panelTop = 38
const panelHeight = 170
const floor = panelTop + panelHeight
const strip = floor + 44
const height = strip + 44

const tones: Readonly<Record<TrendRun['verdict'], string>> = {
  conforms: 'good',
  fails: 'bad',
  undecided: 'open',
  error: 'open',
  interrupted: 'open',
}

export function trendChart(language: Language, { runs }: Trend): Markup {
  const { say, count, day, words } = language
  const text = words.load.trend
  const times = runs.flatMap(({ p50, p95 }) => [p50 ?? 0, p95 ?? 0])
  const panel = logPanel(panelTop, panelHeight, times, limit, (ms) => amount(ms, 'ms', language))
  const x = (index: number): number => (index + 0.5) / Math.max(1, runs.length)
  const line = (of: 'p50' | 'p95'): readonly Point[] =>
    runs.map((run, index) => ({ x: x(index), y: run[of] === undefined ? undefined : panel.y(run[of]) }))
  const dots = (of: 'p50' | 'p95', look: string): Child =>
    runs.map((run, index) =>
      run[of] === undefined
        ? undefined
        : el('circle', { cx: percent(x(index) * 100), cy: px(panel.y(run[of])), r: 3, class: `dot ${look}` }),
    )
  const [first, last] = [runs[0], runs.at(-1)]
  const ms = (value: number | undefined): string => (value === undefined ? text.unknown : amount(value, 'ms', language))
  const chart: Chart = {
    title: text.chart,
    look: 'plot',
    alternative: say(text.alternative, {
      n: count(text.runs, runs.length),
      from: day(first?.started ?? ''),
      to: day(last?.started ?? ''),
      firstMiddle: ms(first?.p50),
      lastMiddle: ms(last?.p50),
      firstHigh: ms(first?.p95),
      lastHigh: ms(last?.p95),
    }),
    height,
    drawn: [
      frame(without(panel, limit), text.delivery, ['p50', 'first'], ['p95', 'second']),
      limitLine(panel, limit, amount(limit, 'ms', language)),
      otherMachines(runs, x),
      stretched(height, curve(line('p50'), 'first'), curve(line('p95'), 'second')),
      dots('p50', 'first'),
      dots('p95', 'second'),
      el('text', { x: -48, y: strip - 16, class: 'panel' }, text.verdicts),
      runs.map(({ verdict }, index) =>
        el(
          'text',
          { x: percent(x(index) * 100), y: strip + 4, class: `middle verdict-${tones[verdict]}` },
          verdictGlyphs[verdict],
        ),
      ),
      below(
        strip + 10,
        runs.length < 2
          ? [{ at: x(0), label: day(first?.started ?? '') }]
          : [
              { at: 0, label: day(first?.started ?? '') },
              { at: 1, label: day(last?.started ?? '') },
            ],
      ),
    ],
  }
  return figure(
    chart,
    runs.some(({ machine }, index) => index > 0 && machine !== runs[index - 1]?.machine)
      ? el('p', { class: 'muted' }, `┊ ${text.machine}`)
      : undefined,
    table(
      language,
      [text.run, text.verdict, text.failing, 'p50', 'p95'],
      runs
        .toReversed()
        .map(({ started, verdict, problems, p50, p95 }) => [
          language.moment(started),
          el('span', { class: `${tones[verdict]} nowrap` }, `${verdictGlyphs[verdict]} ${text.ended[verdict]}`),
          String(problems),
          p50 === undefined ? '' : ms(p50),
          p95 === undefined ? '' : ms(p95),
        ]),
    ),
  )
}

/** A line before each run that another kind of machine measured than the one before it. */
function otherMachines(runs: readonly TrendRun[], x: (index: number) => number): Child {
  const between = 0.5 / Math.max(1, runs.length)
  return runs.map(({ machine }, index) => {
    if (index === 0 || machine === runs[index - 1]?.machine) return undefined
    const at = percent((x(index) - between) * 100)
    return el('line', { x1: at, x2: at, y1: panelTop, y2: floor, class: 'machine' })
  })
}
