// A comparison as one HTML page: hosts with their bands, problems and differences, what is the same everywhere folded, charts. Pure.
import type { Cell, Comparison, Row } from '../../harness/result/comparison.ts'
import { recorded, titled } from '../html/foreign.ts'
import { type Child, el } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { titleOf } from '../language/told.ts'
import { document } from './document.ts'
import { hostCards } from './host-cards.ts'
import { multiples } from './multiples.ts'
import { pairingPart } from './pairing-part.ts'
import { type CellLink, rowsTable } from './rows-table.ts'
import { cellText, firstProblems, madeText, overallOf, sectionsOf } from './telling.ts'

export function renderComparisonHtml(comparison: Comparison, language: Language): string {
  const shown = withEvidence(comparison)
  const link: CellLink = (host, check) => (shown.has(key(host, check)) ? `#${key(host, check)}` : undefined)
  return document(
    language,
    { title: language.words.compare.title },
    {
      header: headerOf(language, comparison),
      main: [...pageOf(language, comparison, link, () => undefined), evidenceList(language, comparison, shown)],
      footer: foot(language, comparison),
    },
  )
}

export function headerOf({ say, day, words }: Language, { made, profile }: Comparison): string {
  const ran = profile === undefined ? [] : [say(words.page.profile, { profile })]
  return [words.compare.title, day(made), ...ran].join(' · ')
}

/** What the single page and the index of a site have in common. */
export function pageOf(
  language: Language,
  comparison: Comparison,
  link: CellLink,
  hostLink: (label: string) => string | undefined,
): readonly Child[] {
  const { compare } = language.words
  const { hosts, pairing } = comparison
  const { problems, differences, agreed } = sectionsOf(comparison)
  const table = (title: string, rows: readonly Row[]): Child => [
    el('h2', {}, `${title} (${rows.length})`),
    rows.length === 0 ? el('p', {}, compare.none) : rowsTable(language, title, rows, comparison, link),
  ]
  return [
    comparison.complete ? undefined : el('p', { class: 'loud' }, compare.stopped),
    hosts.some(({ reference }) => reference) ? el('p', { class: 'loud' }, compare.reference) : undefined,
    verdict(language, comparison, problems),
    el('h2', {}, compare.hosts),
    hostCards(language, comparison, hostLink),
    el('p', { class: 'muted' }, compare.bandsRule),
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

/** So many problems are named before the hosts. */
const mostFirst = 3

function verdict(language: Language, comparison: Comparison, problems: readonly Row[]): Child {
  const { glyph, tone, text } = overallOf(language, comparison)
  const rest = problems.length - mostFirst
  return [
    el('p', { class: `verdict ${tone}` }, `${glyph} ${text}`),
    problems.length === 0
      ? undefined
      : el(
          'ul',
          { class: 'plain first-problems' },
          ...firstProblems(problems)
            .slice(0, mostFirst)
            .map(({ row, on }) =>
              el(
                'li',
                {},
                el('a', { href: `#${row.check}` }, titled(language, titleOf(row, language))),
                el('small', {}, ` ${on.join(language.words.comma)}`),
              ),
            ),
          rest > 0 ? el('li', { class: 'muted' }, language.count(language.words.finding.andMore, rest)) : undefined,
        ),
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
