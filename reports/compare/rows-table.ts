// The checks of a comparison as a table with a column for each host, which becomes cards on a telephone. For html.ts.
import type { Cell, Comparison, Row } from '../../harness/result/comparison.ts'
import { titled } from '../html/foreign.ts'
import { type Child, el, type Markup } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { titleOf } from '../language/told.ts'
import { printable } from '../plain-text.ts'
import { cellText } from './telling.ts'

/** Where the evidence for a cell is; undefined where there is none to show. */
export type CellLink = (host: string, check: string) => string | undefined

/** Each row can be linked to by the id of its check. */
export function rowsTable(
  language: Language,
  title: string,
  rows: readonly Row[],
  { hosts }: Comparison,
  link: CellLink,
): Child {
  if (rows.length === 0) return undefined
  const head = el(
    'thead',
    {},
    el(
      'tr',
      {},
      el('th', { scope: 'col' }, language.words.aside.check),
      ...hosts.map(({ label }) => el('th', { scope: 'col' }, label)),
    ),
  )
  const groups = byRequirement(rows)
  return el(
    'div',
    { class: 'scroll rows cards', tabindex: '0', role: 'region', 'aria-label': title },
    el('table', {}, head, el('tbody', {}, ...groups.map((row) => rowMarkup(language, row, link)))),
  )
}

/** Checks of one requirement next to each other, in the order of the first of them. */
function byRequirement(rows: readonly Row[]): readonly Row[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.requirement, [...(groups.get(row.requirement) ?? []), row])
  return [...groups.values()].flat()
}

function rowMarkup(language: Language, row: Row, link: CellLink): Markup {
  return el(
    'tr',
    { id: row.check },
    el(
      'th',
      { scope: 'row' },
      titled(language, titleOf(row, language)),
      el('code', {}, row.check),
      el('small', {}, `${language.words.level[row.level]}${language.words.colon}${row.requirement}`),
    ),
    ...row.cells.map((cell) => cellMarkup(language, cell, row, link)),
  )
}

/** Colours of the words; never alone. */
export const tones: Readonly<Record<Cell['word'], string>> = {
  OK: 'good',
  PROBLEM: 'bad',
  REMARK: 'warn',
  'NOT TESTED': 'muted',
}

function cellMarkup(language: Language, cell: Cell, { check }: Row, link: CellLink): Markup {
  const href = link(cell.host, check)
  const text = el('span', { class: tones[cell.word] }, cellText(language, cell))
  const title = cell.word === 'OK' || cell.reason === undefined ? undefined : printable(cell.reason, 120)
  return el('td', { 'data-host': cell.host, title }, href === undefined ? text : el('a', { href }, text))
}
