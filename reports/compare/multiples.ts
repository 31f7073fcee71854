// Delivery on each host as small histograms, one under the other on one axis, with the one-second line. For html.ts.
import type { ComparedHost } from '../../harness/result/comparison.ts'
import { percentile } from '../figures.ts'
import { axis, logTicks, percent, table } from '../html/chart.ts'
import { type Child, el, type Markup } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { ms } from './telling.ts'

type Delivery = NonNullable<ComparedHost['delivery']>

const limit = 1_000
const perDecade = 10
/** Pixels of one histogram, and of its bars. */
const height = 46
const tall = 38
/** Percent of the width. */
const plot = { left: 1, right: 88, lost: 92 }

export function multiples(language: Language, hosts: readonly ComparedHost[]): Child {
  const timed = hosts.flatMap(({ label, delivery }) => (delivery && total(delivery) > 0 ? [{ label, delivery }] : []))
  if (timed.length === 0) return undefined
  const logs = timed.flatMap(({ delivery }) => delivery.samples.map((value) => Math.log10(Math.max(value, 0.1))))
  const low = Math.floor(Math.min(2, ...logs))
  const high = Math.max(3.5, Math.ceil(Math.max(...logs, 0) * 2) / 2)
  const scale = axis(low, high, plot.left, plot.right)
  const { title, axis: note, numbers } = language.words.compare.delivery
  return el(
    'figure',
    { class: 'multiples' },
    el('figcaption', {}, title),
    ...timed.map(({ label, delivery }) => histogram(language, label, delivery, low, high, scale)),
    ticks(language, low, high, scale),
    el('p', { class: 'muted' }, note),
    el('details', {}, el('summary', {}, numbers), numberTable(language, timed)),
  )
}

function histogram(
  language: Language,
  label: string,
  delivery: Delivery,
  low: number,
  high: number,
  scale: (value: number) => number,
): Markup {
  const { say, words } = language
  const n = Math.round((high - low) * perDecade)
  const counts = new Array<number>(n).fill(0)
  for (const value of delivery.samples) {
    const at = Math.min(n - 1, Math.max(0, Math.floor((Math.log10(Math.max(value, 0.1)) - low) * perDecade + 1e-9)))
    counts[at] = (counts[at] ?? 0) + 1
  }
  // Each to its own height: hosts differ in how many messages were timed.
  const most = Math.max(1, delivery.censored, ...counts)
  const up = (count: number): number => (count / most) * tall
  const bars = counts.flatMap((count, at) => {
    if (count === 0) return []
    const [from, to] = [low + at / perDecade, low + (at + 1) / perDecade]
    const rect = { x: percent(scale(from) + 0.1), width: percent(scale(to) - scale(from) - 0.2), rx: 2 }
    return [
      el(
        'g',
        { class: from >= Math.log10(limit) - 1e-9 ? 'late' : 'bar' },
        el(
          'title',
          {},
          `${say(words.deliveryChart.range, { from: ms(language, 10 ** from), to: ms(language, 10 ** to) })}${words.colon}${count}`,
        ),
        el('rect', { ...rect, y: height - 1 - up(count), height: up(count) }),
      ),
    ]
  })
  const line = percent(scale(Math.log10(limit)))
  const alternative = say(words.compare.delivery.alternative, {
    host: label,
    p50: shown(language, delivery, 50),
    n: total(delivery),
    late: lateOf(delivery),
  })
  return el(
    'figure',
    { class: 'small' },
    el(
      'figcaption',
      {},
      label,
      ' ',
      el(
        'small',
        {},
        [
          say(words.figure.p50, { value: shown(language, delivery, 50) }),
          say(words.figure.p95, { value: shown(language, delivery, 95) }),
        ].join(words.comma),
      ),
    ),
    el(
      'svg',
      { role: 'img', 'aria-label': alternative, width: '100%', height },
      logTicks(10 ** low, 10 ** high).map((value) => {
        const x = percent(scale(Math.log10(value)))
        return el('line', { x1: x, x2: x, y1: 2, y2: height - 1, class: 'grid' })
      }),
      el('line', { x1: '0', x2: '100%', y1: height - 1, y2: height - 1, class: 'axis' }),
      el('line', { x1: line, x2: line, y1: 2, y2: height - 1, class: 'limit' }),
      bars,
      delivery.censored === 0 ? undefined : lostBar(language, delivery.censored, up(delivery.censored)),
    ),
  )
}

function lostBar({ words }: Language, n: number, high: number): Markup {
  return el(
    'g',
    { class: 'late' },
    el('title', {}, `${words.compare.delivery.lost}${words.colon}${n}`),
    el('rect', { x: `${plot.lost}%`, width: '6%', y: height - 1 - high, height: high, rx: 2 }),
  )
}

function ticks(language: Language, low: number, high: number, scale: (value: number) => number): Markup {
  const values = logTicks(10 ** low, 10 ** high)
  return el(
    'svg',
    { 'aria-hidden': 'true', width: '100%', height: 18 },
    ...values.map((value, at) =>
      el(
        'text',
        { x: percent(scale(Math.log10(value))), y: 12, class: at === 0 ? 'muted' : 'middle muted' },
        ms(language, value),
      ),
    ),
    el('text', { x: `${plot.lost + 3}%`, y: 12, class: 'middle muted' }, language.words.compare.delivery.lost),
  )
}

function numberTable(
  language: Language,
  timed: readonly { readonly label: string; readonly delivery: Delivery }[],
): Markup {
  const { host, delivery } = language.words.compare
  const { messages, middle, high, late, lost } = delivery
  return table(
    language,
    [host, messages, middle, high, late, lost],
    timed.map(({ label, delivery }) => [
      label,
      String(total(delivery)),
      shown(language, delivery, 50),
      shown(language, delivery, 95),
      String(lateOf(delivery)),
      String(delivery.censored),
    ]),
  )
}

function shown(language: Language, delivery: Delivery, p: 50 | 95): string {
  const value = percentile({ id: 'delivery', host: '', title: '', unit: 'ms', ...delivery }, p)
  if (value === 'too-few') return language.words.compare.delivery.few
  return ms(language, value === 'beyond' ? Number.POSITIVE_INFINITY : value)
}

const total = ({ samples, censored }: Delivery): number => samples.length + censored
const lateOf = ({ samples, censored }: Delivery): number => samples.filter((value) => value > limit).length + censored
