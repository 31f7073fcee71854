// Drawing over a common axis: panels one under another, scales, grid lines with their numbers, curves and marks. Across,
// everything is in percent or in a drawing stretched to it, so that a narrow page squeezes the curves and not the letters.

import { percent } from './chart.ts'
import { type Child, el, type Markup, trusted } from './markup.ts'

export interface Panel {
  /** Pixels from the top of the figure. */
  readonly top: number
  readonly height: number
  /** Up the panel: from a value to pixels from the top of the figure. */
  readonly y: (value: number) => number
  readonly ticks: readonly Tick[]
}

export interface Tick {
  readonly value: number
  readonly label: string
}

/** A value from 0 to 1 across, and pixels from the top of the figure; undefined down is a gap. */
export interface Point {
  readonly x: number
  readonly y: number | undefined
}

/** Pixels left of the drawing, for the numbers of the grid; the style sheet leaves them free. */
export const gutter = 48

/** Across, curves are drawn in so many units. */
const across = 1_000

/** From 0: nothing looks larger than it is. */
export function linearPanel(top: number, height: number, most: number, label: (value: number) => string): Panel {
  const ticks = roundTicks(most)
  const high = Math.max(most, ticks.at(-1) ?? 0, 1e-9)
  const y = (value: number): number => top + height - (Math.min(Math.max(value, 0), high) / high) * height
  return { top, height, y, ticks: ticks.map((value) => ({ value, label: label(value) })) }
}

/** Differences: with 0 in it, which is its axis. What lies beyond an end is drawn at that end. */
export function signedPanel(
  top: number,
  height: number,
  least: number,
  most: number,
  label: (value: number) => string,
): Panel {
  const ticks = signedTicks(least, most)
  const [low, high] = [Math.min(least, ...ticks), Math.max(most, ...ticks)]
  const size = high > low ? high - low : 1
  const y = (value: number): number => top + ((high - Math.min(Math.max(value, low), high)) / size) * height
  return { top, height, y, ticks: ticks.map((value) => ({ value, label: label(value) })) }
}

/** From a whole power of ten, with everything that was measured and `always` in it. */
export function logPanel(
  top: number,
  height: number,
  values: readonly number[],
  always: number,
  label: (value: number) => string,
): Panel {
  const positive = values.filter((value) => value > 0)
  const low = Math.floor(Math.log10(Math.min(always / 10, ...positive)) + 1e-9)
  const high = Math.log10(Math.max(always * 1.8, ...positive.map((value) => value * 1.2)))
  const y = (value: number): number => {
    const share = (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)
    return top + height - Math.min(1, share) * height
  }
  const ticks = Array.from({ length: Math.floor(high) - low + 1 }, (_, index) => 10 ** (low + index))
  return { top, height, y, ticks: ticks.map((value) => ({ value, label: label(value) })) }
}

/** Grid lines, each with its number in the gutter; `coloured` are words of the title in the colour of what they name. */
export function frame(panel: Panel, title: string, ...coloured: readonly (readonly [string, string])[]): Child {
  const floor = panel.top + panel.height
  return [
    el(
      'text',
      { x: -gutter, y: panel.top - 14, class: 'panel' },
      title,
      coloured.map(([word, look], index) => [index === 0 ? ': ' : ', ', el('tspan', { class: `word ${look}` }, word)]),
    ),
    panel.ticks.map(({ value, label }) => {
      const y = px(panel.y(value))
      return [
        el('line', { x1: '0', x2: '100%', y1: y, y2: y, class: y === px(floor) || value === 0 ? 'axis' : 'grid' }),
        el('text', { x: -6, y: y + 4, class: 'tick end' }, label),
      ]
    }),
  ]
}

/** Curves and areas, stretched to the width; `height` is that of the figure. */
export function stretched(height: number, ...drawn: readonly Child[]): Markup {
  return el(
    'svg',
    { x: 0, y: 0, width: '100%', height, viewBox: `0 0 ${across} ${height}`, preserveAspectRatio: 'none' },
    ...drawn,
  )
}

export function curve(points: readonly Point[], look: string): Markup {
  return path(pathOf(points), `curve ${look}`)
}

/** What lies between a curve and a floor, or another curve. */
export function area(upper: readonly Point[], lower: readonly Point[] | number, look: string): Markup {
  const runs = unbroken(upper, typeof lower === 'number' ? undefined : lower)
  const d = runs
    .map(({ from, to }) => {
      const top = upper.slice(from, to)
      const bottom = typeof lower === 'number' ? top.map(({ x }) => ({ x, y: lower })) : lower.slice(from, to)
      return `${pathOf(top)}${pathOf(bottom.toReversed()).replace('M', 'L')}Z`
    })
    .join('')
  return path(d, `area ${look}`)
}

/** Numbers under the lowest panel, the first and the last within its width; `at` is from 0 to 1. */
export function below(floor: number, marks: readonly { readonly at: number; readonly label: string }[]): Child {
  return marks.map(({ at, label }) => [
    el('line', { x1: percent(at * 100), x2: percent(at * 100), y1: floor, y2: floor + 4, class: 'axis' }),
    el(
      'text',
      { x: percent(at * 100), y: floor + 18, class: at < 0.04 ? 'start' : at > 0.96 ? 'end' : 'middle' },
      label,
    ),
  ])
}

/** A dashed line across a panel, in place of the grid line there; its number stands in the gutter. */
export function limitLine(panel: Panel, value: number, label: string): Child {
  const y = px(panel.y(value))
  return [
    el('line', { x1: '0', x2: '100%', y1: y, y2: y, class: 'limit' }),
    el('text', { x: -6, y: y + 4, class: 'limit-text tick end' }, label),
  ]
}

export const without = (panel: Panel, value: number): Panel => ({
  ...panel,
  ticks: panel.ticks.filter((tick) => tick.value !== value),
})

/** From 0, at most about five. */
export function roundTicks(most: number): readonly number[] {
  if (!(most > 0)) return [0]
  const rough = most / 3
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? rough
  const n = Math.ceil(most / step - 1e-9)
  return Array.from({ length: n + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

/** Round numbers on either side of 0, and 0. */
export function signedTicks(least: number, most: number): readonly number[] {
  const [, step = 1] = roundTicks(Math.max((most - least) / 1.7, 1e-9))
  const from = Math.ceil(least / step - 1e-9)
  const to = Math.floor(most / step + 1e-9)
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) =>
    Number(((from + index) * step).toPrecision(12)),
  )
}

export const px = (value: number): number => Number(value.toFixed(1))

/** Numbers of ours alone, and more of them than a text of others may have. */
function path(d: string, look: string): Markup {
  return trusted(`<path d="${d}" class="${look}"></path>`)
}

function pathOf(points: readonly Point[]): string {
  let d = ''
  let open = false
  for (const { x, y } of points) {
    if (y === undefined) {
      open = false
      continue
    }
    const at = `${Number((x * across).toFixed(1))} ${px(y)}`
    // A point by itself shows as a dot: its ends are round.
    d += open ? `L${at}` : `M${at}h0`
    open = true
  }
  return d
}

/** Stretches in which both have a value. */
function unbroken(
  upper: readonly Point[],
  lower: readonly Point[] | undefined,
): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = []
  for (const [index, { y }] of upper.entries()) {
    if (y === undefined || (lower !== undefined && lower[index]?.y === undefined)) continue
    const last = runs.at(-1)
    if (last?.to === index) last.to = index + 1
    else runs.push({ from: index, to: index + 1 })
  }
  return runs
}
