// A load run over time: what was due and what arrived, how long it took, what went wrong, and the server's processors where
// they were watched. Its numbers as a table. For load-section.ts.
import type { LoadRecord } from '../../harness/result/load-schema.ts'
import { amount } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { type Chart, figure, table } from './chart.ts'
import { type Child, el, type Markup } from './markup.ts'
import {
  area,
  below,
  curve,
  frame,
  limitLine,
  linearPanel,
  logPanel,
  type Panel,
  type Point,
  roundTicks,
  stretched,
  without,
} from './plot.ts'

const limit = 1_000
/** Pixels: the height of a panel, and what stands above it. */
const sizes = { large: 130, small: 56, head: 34, gap: 16, foot: 28 } as const

/** What happened in a stretch, a second. */
export interface Stretch {
  /** Seconds. */
  readonly from: number
  readonly to: number
  readonly due: number
  readonly arrived: number
  readonly failed: number
  readonly limited: number
  readonly p50: number | undefined
  readonly p99: number | undefined
  readonly users: number
  readonly lag: number | undefined
}

/** Undefined when nothing was noted over time, or nothing was due. */
export function loadChart(language: Language, load: LoadRecord): Markup | undefined {
  const stretches = stretchesOf(load)
  const seconds = stretches.at(-1)?.to ?? 0
  if (seconds === 0 || stretches.every(({ due, arrived }) => due + arrived === 0)) return undefined
  const { say, number, words } = language
  const text = words.load.chart
  const most = (of: (stretch: Stretch) => number): number => Math.max(0, ...stretches.map(of))
  const troubled = most(({ failed, limited }) => failed + limited) > 0
  const curveOf = (panel: Panel, of: (stretch: Stretch) => number | undefined): readonly Point[] =>
    stretches.map((stretch) => {
      const value = of(stretch)
      return { x: (stretch.from + stretch.to) / 2 / seconds, y: value === undefined ? undefined : panel.y(value) }
    })
  const plain = (value: number): string => number(value, value < 10 ? 1 : 0)
  let top = sizes.head
  const place = (height: number): number => {
    const at = top
    top += height + sizes.gap + sizes.head
    return at
  }
  const rate = linearPanel(
    place(sizes.large),
    sizes.large,
    most(({ due, arrived }) => Math.max(due, arrived)),
    plain,
  )
  const delivered = stretches.flatMap(({ p50, p99 }) => [p50 ?? 0, p99 ?? 0])
  const delivery = logPanel(place(sizes.large), sizes.large, delivered, limit, (ms) => amount(ms, 'ms', language))
  const trouble = troubled
    ? linearPanel(
        place(sizes.small),
        sizes.small,
        most(({ failed, limited }) => Math.max(failed, limited)),
        plain,
      )
    : undefined
  const used = processors(load)
  const server =
    used && linearPanel(place(sizes.small), sizes.small, 1, (share) => say(words.percent, { n: share * 100 }))
  const floor = top - sizes.gap - sizes.head
  const height = floor + sizes.foot
  const [p50, p99] = [curveOf(delivery, (one) => one.p50), curveOf(delivery, (one) => one.p99)]
  const chart: Chart = {
    title: text.title,
    look: 'plot',
    alternative: say(text.alternative, {
      time: amount(seconds, 's', language),
      due: plain(most(({ due }) => due)),
      arrived: plain(most(({ arrived }) => arrived)),
      high: amount(
        most((one) => one.p99 ?? 0),
        'ms',
        language,
      ),
      failed: total(load, 'failed'),
      limited: total(load, 'limited'),
    }),
    height,
    drawn: [
      frame(rate, text.rate, [text.due, 'quiet'], [text.arrived, 'first']),
      frame(without(delivery, limit), text.delivery, ['p50', 'first'], ['p99', 'second']),
      trouble && frame(trouble, text.trouble, [text.failed, 'bad'], [text.limited, 'second']),
      server && frame(server, text.server),
      stretched(
        height,
        area(
          curveOf(rate, ({ due }) => due),
          rate.top + rate.height,
          'quiet',
        ),
        curve(
          curveOf(rate, ({ due }) => due),
          'quiet',
        ),
        curve(
          curveOf(rate, ({ arrived }) => arrived),
          'first',
        ),
        area(p99, p50, 'first'),
        curve(p50, 'first'),
        curve(p99, 'second'),
        trouble && [
          curve(
            curveOf(trouble, ({ limited }) => limited),
            'second',
          ),
          curve(
            curveOf(trouble, ({ failed }) => failed),
            'bad',
          ),
        ],
        server &&
          used && [
            area(
              used.map(({ at, share }) => ({ x: at / seconds, y: server.y(share) })),
              server.top + server.height,
              'first',
            ),
            curve(
              used.map(({ at, share }) => ({ x: at / seconds, y: server.y(share) })),
              'first',
            ),
          ],
      ),
      limitLine(delivery, limit, amount(limit, 'ms', language)),
      below(floor, timeMarks(seconds)),
    ],
  }
  return figure(
    chart,
    troubled ? undefined : el('p', { class: 'muted' }, text.noTrouble),
    el('details', {}, el('summary', {}, text.numbers), numbers(language, stretches)),
  )
}

export function stretchesOf({ series }: LoadRecord): readonly Stretch[] {
  let from = 0
  return (series?.points ?? []).map((point) => {
    const length = Math.max(point.at - from, 0.001)
    const stretch: Stretch = {
      from,
      to: point.at,
      due: point.due / length,
      arrived: point.received / length,
      failed: point.failed / length,
      limited: point.limited / length,
      p50: point.p50,
      p99: point.p99,
      users: point.vus,
      lag: point.lag,
    }
    from = point.at
    return stretch
  })
}

function total({ series }: LoadRecord, what: 'failed' | 'limited'): number {
  return (series?.points ?? []).reduce((sum, point) => sum + point[what], 0)
}

/** Share of the server's processors in use between two samples; undefined where nobody watched them. */
function processors({ server }: LoadRecord): readonly { readonly at: number; readonly share: number }[] | undefined {
  if (server === undefined || server.points.length < 2) return undefined
  return server.points.slice(1).map((point, index) => {
    const before = server.points[index] ?? point
    const seconds = Math.max(point.at - before.at, 0.001)
    return { at: point.at, share: (point.cpuSeconds - before.cpuSeconds) / seconds / (server.cpus ?? 1) }
  })
}

function numbers(language: Language, stretches: readonly Stretch[]): Child {
  const { number, words } = language
  const text = words.load.chart
  const ms = (value: number | undefined): string => (value === undefined ? '' : amount(value, 'ms', language))
  return table(
    language,
    [text.time, text.due, text.arrived, text.failed, text.limited, 'p50', 'p99', text.users, text.lag],
    stretches.map((one) => [
      clock(one.to),
      number(one.due, 1),
      number(one.arrived, 1),
      number(one.failed, 1),
      number(one.limited, 1),
      ms(one.p50),
      ms(one.p99),
      String(one.users),
      ms(one.lag),
    ]),
  )
}

function timeMarks(seconds: number): readonly { readonly at: number; readonly label: string }[] {
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200].find(
    (size) => seconds / size <= 6,
  )
  const ticks =
    step === undefined
      ? roundTicks(seconds)
      : Array.from({ length: Math.floor(seconds / step) + 1 }, (_, at) => at * step)
  return ticks.filter((at) => at <= seconds).map((at) => ({ at: at / seconds, label: clock(at) }))
}

/** `0:20`, `1:02:00`. */
function clock(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60)]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}
