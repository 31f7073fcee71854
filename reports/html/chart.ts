// What the charts share: a scale, a figure with its text alternative and its numbers, a table. The drawings have no view box:
// across they are in percent, so that a narrow page squeezes the bars and not the letters.
import type { Language } from '../language/language.ts'
import { type Child, el, type Markup } from './markup.ts'

export interface Chart {
  readonly title: string
  /** What somebody learns from it who does not see it. */
  readonly alternative: string
  /** `plot`: with a gutter for numbers. */
  readonly look?: 'plot'
  /** Pixels. */
  readonly height: number
  readonly drawn: readonly Child[]
}

/** Maps what is measured to percent of the width. */
export function axis(low: number, high: number, left: number, right: number): (value: number) => number {
  const size = high > low ? high - low : 1
  return (value) => left + ((value - low) / size) * (right - left)
}

export const percent = (value: number): string => `${Number(value.toFixed(2))}%`

export function figure({ title, alternative, look, height, drawn }: Chart, ...numbers: readonly Child[]): Markup {
  return el(
    'figure',
    {},
    el('figcaption', {}, title),
    el('svg', { role: 'img', 'aria-label': alternative, class: look, width: '100%', height }, ...drawn),
    ...numbers,
  )
}

/** In a frame that scrolls by itself, with the keyboard too. */
export function table({ say, words }: Language, head: readonly string[], rows: readonly (readonly Child[])[]): Markup {
  // Of many rows of figures the eye compares lengths: they end at one line.
  const numbers = head.map((_, at) => rows.length > 0 && rows.every((cells) => isFigure(cells[at])))
  const look = (at: number): { class: 'number' | undefined } => ({ class: numbers[at] ? 'number' : undefined })
  return el(
    'div',
    {
      class: 'scroll',
      tabindex: '0',
      role: 'group',
      'aria-label': say(words.aside.table, { columns: head.filter((cell) => cell !== '').join(words.comma) }),
    },
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ...head.map((cell, at) => (cell === '' ? el('td', {}) : el('th', { scope: 'col', ...look(at) }, cell))),
        ),
      ),
      el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...cells.map((cell, at) => el('td', look(at), cell))))),
    ),
  )
}

/** `12`, `20.8 ms`, `1 500`: a number with at most a short unit; nothing is one, too. */
const isFigure = (cell: Child): boolean =>
  typeof cell === 'string' && (cell === '' || /^[-+−]?\d[\d.,\s]*(?:\p{L}{1,3}|%)?$/u.test(cell))

/** The powers of ten between two times, with 2 and 5 between them where there is room; milliseconds. */
export function logTicks(low: number, high: number): readonly number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  const powers = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
  const between = high / low <= 200 ? [1, 2, 5] : [1]
  return powers.flatMap((power) => between.map((factor) => factor * power)).filter((ms) => ms <= high)
}
