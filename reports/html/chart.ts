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
  return el(
    'div',
    {
      class: 'scroll',
      tabindex: '0',
      role: 'group',
      'aria-label': say(words.aside.table, { columns: head.join(words.comma) }),
    },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...head.map((cell) => el('th', { scope: 'col' }, cell)))),
      el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...cells.map((cell) => el('td', {}, cell))))),
    ),
  )
}
