// A comparison as one HTML page: hosts with their bands, problems and differences, what is the same everywhere folded, charts. Pure.
import type { Cell, Comparison, Row } from '../../harness/result/comparison.ts'
import { recorded } from '../html/foreign.ts'
import { type Child, el } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { document } from './document.ts'
import { hostCards } from './host-cards.ts'
import { multiples } from './multiples.ts'
import { pairingPart } from './pairing-part.ts'
import { type CellLink, rowsTable } from './rows-table.ts'
import { cellText, madeText, sectionsOf } from './telling.ts'

export function renderComparisonHtml(comparison: Comparison, language: Language): string {
  const shown = withEvidence(comparison)
  const link: CellLink = (host, check) => (shown.has(key(host, check)) ? `#${key(host, check)}` : undefined)
  return document(
    language,
    { title: language.words.compare.title },
    ...pageOf(language, comparison, link, () => undefined),
    evidenceList(language, comparison, shown),
    foot(language, comparison),
  )
}

/** What the single page and the index of a site have in common. */
export function pageOf(
  language: Language,
  comparison: Comparison,
  link: CellLink,
  hostLink: (label: string) => string | undefined,
): readonly Child[] {
  const { say, day, words } = language
  const { compare } = words
  const { hosts, profile, made, pairing } = comparison
  const { problems, differences, agreed } = sectionsOf(comparison)
  const table = (title: string, rows: readonly Row[]): Child => [
    el('h2', {}, `${title} (${rows.length})`),
    rows.length === 0 ? el('p', {}, compare.none) : rowsTable(language, title, rows, comparison, link),
  ]
  const about = [day(made), ...(profile === undefined ? [] : [say(words.page.profile, { profile })])].join(' · ')
  return [
    el('header', {}, el('h1', {}, `${compare.title} · ${about}`)),
    comparison.complete ? undefined : el('p', { class: 'loud' }, compare.stopped),
    hosts.some(({ reference }) => reference) ? el('p', { class: 'loud' }, compare.reference) : undefined,
    el('h2', {}, compare.hosts),
    el('p', { class: 'muted' }, compare.bandsRule),
    hostCards(language, comparison, hostLink),
    table(compare.problems, problems),
    table(compare.differences, differences),
    el(
      'details',
      { class: 'big' },
      el('summary', {}, `${compare.agreed} (${agreed.length})`),
      rowsTable(language, compare.agreed, agreed, comparison, link),
    ),
    multiples(language, hosts),
    pairing ? pairingPart(language, pairing) : undefined,
  ]
}

export function foot(language: Language, comparison: Comparison): Child {
  return el(
    'footer',
    { class: 'muted' },
    el('p', {}, `${madeText(language, comparison)}${language.words.clause}${language.words.compare.noScript}`),
  )
}

const key = (host: string, check: string): string => `e-${host.replace(/[^\w.-]/g, '_')}-${check.replace('/', '-')}`

/** Cells that have more to say than their word. */
function withEvidence({ rows }: Comparison): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => row.cells.filter(telling).map((cell) => key(cell.host, row.check))))
}

const telling = ({ word, verdict, reason }: Cell): boolean =>
  reason !== undefined && (word === 'PROBLEM' || word === 'REMARK' || verdict === 'inconclusive' || verdict === 'error')

function evidenceList(language: Language, { rows }: Comparison, shown: ReadonlySet<string>): Child {
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
          ` ${cellText(language, cell)}${language.words.colon}`,
          recorded(language, cell.reason),
          ' ',
          el('a', { href: `#${row.check}` }, '↑'),
        ),
      ),
  )
  return [el('h2', {}, language.words.finding.evidence), el('ul', { class: 'plain' }, ...entries)]
}
