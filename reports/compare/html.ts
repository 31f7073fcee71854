// A comparison as one HTML page: hosts with their bands, problems and differences, what is the same everywhere folded, charts. Pure.
import type { Cell, Comparison, Row } from '../../harness/result/comparison.ts'
import { type Child, el } from '../html/markup.ts'
import { document } from './document.ts'
import { hostCards } from './host-cards.ts'
import { multiples } from './multiples.ts'
import { pairingPart } from './pairing-part.ts'
import { type CellLink, rowsTable } from './rows-table.ts'
import { cellText, day, sectionsOf } from './telling.ts'
import { fill, words } from './words.ts'

export function renderComparisonHtml(comparison: Comparison): string {
  const shown = withEvidence(comparison)
  const link: CellLink = (host, check) => (shown.has(key(host, check)) ? `#${key(host, check)}` : undefined)
  return document(
    { title: words.title },
    ...pageOf(comparison, link, () => undefined),
    evidenceList(comparison, shown),
    foot(comparison),
  )
}

/** What the single page and the index of a site have in common. */
export function pageOf(
  comparison: Comparison,
  link: CellLink,
  hostLink: (label: string) => string | undefined,
): readonly Child[] {
  const { hosts, profile, made, pairing } = comparison
  const { problems, differences, agreed } = sectionsOf(comparison)
  const table = (title: string, rows: readonly Row[]): Child => [
    el('h2', {}, `${title} (${rows.length})`),
    rows.length === 0 ? el('p', {}, words.none) : rowsTable(title, rows, comparison, link),
  ]
  const about = [day(made), ...(profile === undefined ? [] : [fill(words.profile, { profile })])].join(' · ')
  return [
    el('header', {}, el('h1', {}, `${words.title} · ${about}`)),
    comparison.complete ? undefined : el('p', { class: 'loud' }, words.stopped),
    hosts.some(({ reference }) => reference) ? el('p', { class: 'loud' }, words.reference) : undefined,
    el('h2', {}, words.hosts),
    el('p', { class: 'muted' }, words.bandsRule),
    hostCards(comparison, hostLink),
    table(words.problems, problems),
    table(words.differences, differences),
    el(
      'details',
      { class: 'big' },
      el('summary', {}, `${words.agreed} (${agreed.length})`),
      rowsTable(words.agreed, agreed, comparison, link),
    ),
    multiples(hosts),
    pairing ? pairingPart(pairing) : undefined,
  ]
}

export function foot({ made, tool }: Comparison): Child {
  return el(
    'footer',
    { class: 'muted' },
    el('p', {}, `${fill(words.made, { day: day(made), version: tool.version })}; ${words.noScript}.`),
  )
}

const key = (host: string, check: string): string => `e-${host.replace(/[^\w.-]/g, '_')}-${check.replace('/', '-')}`

/** Cells that have more to say than their word. */
function withEvidence({ rows }: Comparison): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => row.cells.filter(telling).map((cell) => key(cell.host, row.check))))
}

const telling = ({ word, verdict, reason }: Cell): boolean =>
  reason !== undefined && (word === 'PROBLEM' || word === 'REMARK' || verdict === 'inconclusive' || verdict === 'error')

function evidenceList({ rows }: Comparison, shown: ReadonlySet<string>): Child {
  if (shown.size === 0) return undefined
  const entries = rows.flatMap((row) =>
    row.cells
      .filter(telling)
      .map((cell) =>
        el(
          'li',
          { id: key(cell.host, row.check) },
          el('strong', {}, cell.host),
          ' ',
          el('code', {}, row.check),
          ` ${cellText(cell)}: ${cell.reason ?? ''} `,
          el('a', { href: `#${row.check}` }, '↑'),
        ),
      ),
  )
  return [el('h2', {}, words.evidence), el('ul', { class: 'plain' }, ...entries)]
}
