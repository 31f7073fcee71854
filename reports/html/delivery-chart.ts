// How long messages took, as a histogram with the one-second line, and its numbers as a table. For host-section.ts.
import type { Measurement } from '../../harness/result/schema.ts'
import { amount, losses, percentile, spread } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { axis, type Chart, figure, logTicks, percent, table } from './chart.ts'
import { el, type Markup } from './markup.ts'

interface Bin {
  /** Milliseconds. */
  readonly from: number
  readonly to: number
  readonly n: number
}

/** So many bars a factor of ten; 1 s lies between two of them. */
const binsADecade = 10
const limit = 1_000
const height = 214
/** Where the bars stand and how high the highest is, in pixels. */
const floor = 170
const tall = 118
/** Percent of the width: where the scale ends, and where the bar of lost messages stands. */
const plot = { left: 4, right: 88 }
const lostAt = 92

export function deliveryChart(language: Language, measurement: Measurement): Markup {
  const { say, words } = language
  const { deliveryChart: own } = words
  const time = (ms: number): string => amount(ms, 'ms', language)
  const range = (from: number, to: number): string => say(own.range, { from: time(from), to: time(to) })
  const bins = binsOf(measurement.samples)
  const ends = { low: bins[0]?.from ?? 100, high: bins.at(-1)?.to ?? limit }
  const scale = axis(Math.log10(ends.low), Math.log10(ends.high), plot.left, plot.right)
  const at = (ms: number): number => scale(Math.log10(ms))
  const most = Math.max(1, measurement.censored, ...bins.map(({ n }) => n))
  const up = (n: number): number => (n / most) * tall
  const bars = bins
    .filter(({ n }) => n > 0)
    .map(({ from, to, n }) =>
      el(
        'g',
        { class: from >= limit ? 'late' : 'bar' },
        el('title', {}, `${range(from, to)}: ${n}`),
        el('rect', {
          x: percent(at(from) + 0.2),
          width: percent(Math.max(0.2, at(to) - at(from) - 0.4)),
          y: floor - up(n),
          height: up(n),
          rx: 2,
        }),
        el('text', { x: percent((at(from) + at(to)) / 2), y: floor - up(n) - 5, class: 'middle' }, String(n)),
      ),
    )
  const chart: Chart = {
    title: own.title,
    alternative: say(own.alternative, {
      spread: spread(measurement, language, 'messages'),
      losses: losses(measurement, language),
    }),
    height,
    drawn: [
      el('text', { x: 0, y: 14, class: 'muted' }, own.messages),
      el('line', { x1: '0', x2: '100%', y1: floor, y2: floor, class: 'axis' }),
      logTicks(ends.low, ends.high).map((ms) => [
        el('line', { x1: percent(at(ms)), x2: percent(at(ms)), y1: floor, y2: floor + 5, class: 'axis' }),
        el('text', { x: percent(at(ms)), y: floor + 20, class: 'middle' }, time(ms)),
      ]),
      el('text', { x: 0, y: floor + 38, class: 'muted' }, own.axis),
      el('line', { x1: percent(at(limit)), x2: percent(at(limit)), y1: 20, y2: floor, class: 'limit' }),
      el(
        'text',
        { x: percent(at(limit)), y: 14, class: 'limit-text end', dx: -4 },
        say(own.limit, { time: time(limit) }),
      ),
      bars,
      measurement.censored === 0 ? undefined : lost(language, measurement.censored, up(measurement.censored)),
    ],
  }
  return figure(chart, numbers(language, measurement), binTable(language, bins, measurement.censored, range))
}

function lost({ words }: Language, n: number, high: number): Markup {
  return el(
    'g',
    { class: 'late' },
    el('rect', { x: `${lostAt}%`, width: '6%', y: floor - high, height: high, rx: 2 }),
    el('text', { x: `${lostAt + 3}%`, y: floor - high - 5, class: 'middle' }, String(n)),
    el('text', { x: `${lostAt + 3}%`, y: floor + 20, class: 'middle' }, words.deliveryChart.lost),
  )
}

function numbers(language: Language, measurement: Measurement): Markup {
  const { deliveryChart: own, figure: figureWords } = language.words
  const { samples, censored, unit } = measurement
  const of = (p: 50 | 95 | 99): string => {
    const value = percentile(measurement, p)
    if (value === 'too-few') return own.tooFew
    return value === 'beyond' ? figureWords.late : amount(value, unit, language)
  }
  const extreme = (pick: (...values: number[]) => number): string =>
    samples.length === 0
      ? own.none
      : amount(
          samples.reduce((a, b) => pick(a, b)),
          unit,
          language,
        )
  return table(
    language,
    [own.delivery, language.words.aside.value],
    [
      [own.messages, String(samples.length + censored)],
      [own.lostOrLate, String(censored)],
      [own.shortest, extreme(Math.min)],
      ['p50', of(50)],
      ['p95', of(95)],
      ['p99', of(99)],
      [own.longest, extreme(Math.max)],
    ],
  )
}

function binTable(
  language: Language,
  bins: readonly Bin[],
  censored: number,
  range: (from: number, to: number) => string,
): Markup {
  const { deliveryChart: own } = language.words
  const rows = bins.filter(({ n }) => n > 0).map(({ from, to, n }) => [range(from, to), String(n)])
  const last = censored === 0 ? [] : [[own.lostOrLate, String(censored)]]
  return el(
    'details',
    {},
    el('summary', {}, own.numbers),
    table(language, [own.time, own.messages], [...rows, ...last]),
  )
}

/** From the factor of ten below the shortest up to that above the longest; always with the limit in it. */
function binsOf(samples: readonly number[]): readonly Bin[] {
  const positive = samples.map((ms) => Math.max(ms, 0.1))
  const low = Math.min(2, ...positive.map((ms) => Math.floor(Math.log10(ms))))
  const high = Math.max(3.4, ...positive.map((ms) => Math.floor(Math.log10(ms) * binsADecade + 1) / binsADecade))
  const n = Math.round((high - low) * binsADecade)
  const edge = (index: number): number => 10 ** (low + index / binsADecade)
  const counts = new Map<number, number>()
  for (const ms of positive) {
    const index = Math.min(n - 1, Math.floor((Math.log10(ms) - low) * binsADecade + 1e-9))
    counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  return Array.from({ length: n }, (_, index) => ({
    from: edge(index),
    to: edge(index + 1),
    n: counts.get(index) ?? 0,
  }))
}
