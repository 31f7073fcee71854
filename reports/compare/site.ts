// The files of a web site for a public list: index, a page and a badge for each relay, evidence cell by cell, records, a feed. Pure.
// Links stay the same from week to week: relay/HOST/, and the ids of checks as anchors there.
import type { ComparedHost, Comparison } from '../../harness/result/comparison.ts'
import type { Finding, Result } from '../../harness/result/schema.ts'
import { slugOf } from '../../harness/result/slug.ts'
import { findingCard } from '../html/finding-card.ts'
import { titled } from '../html/foreign.ts'
import { renderHtml } from '../html/html.ts'
import { type Child, el } from '../html/markup.ts'
import { renderJson } from '../json.ts'
import type { Language } from '../language/language.ts'
import { titleOf } from '../language/told.ts'
import { renderAtom } from './atom.ts'
import { renderBandBadge } from './band-badge.ts'
import { renderComparisonCsv } from './csv.ts'
import { document } from './document.ts'
import { hostDetails } from './host-cards.ts'
import { foot, headerOf, pageOf } from './html.ts'
import { renderComparisonJson } from './index.ts'
import { tones } from './rows-table.ts'
import { cellText, changeText } from './telling.ts'

const feed = 'changes.atom'

/** By path. `results` are those of the comparison, by label, and fit for everybody to read. The index comes last. */
export function siteFiles(
  comparison: Comparison,
  results: ReadonlyMap<string, Result>,
  language: Language,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const host of comparison.hosts)
    for (const [path, text] of relayFiles(language, comparison, host, results.get(host.label)))
      files.set(`relay/${slugOf(host.label)}/${path}`, text)
  files.set('comparison.json', renderComparisonJson(comparison))
  files.set('comparison.csv', renderComparisonCsv(comparison))
  files.set(feed, renderAtom(language, comparison))
  files.set('index.html', index(language, comparison, files))
  return files
}

const cellFile = (check: string): string => `cell/${check.replace(/[^a-z0-9-]+/gi, '-')}.html`

function index(language: Language, comparison: Comparison, files: ReadonlyMap<string, string>): string {
  const link = (host: string, check: string): string | undefined => {
    const path = `relay/${slugOf(host)}/${cellFile(check)}`
    return files.has(path) ? path : undefined
  }
  const { compare } = language.words
  return document(
    language,
    { title: compare.title, feed },
    {
      header: headerOf(language, comparison),
      main: [
        ...pageOf(language, comparison, link, (label) => `relay/${slugOf(label)}/`),
        changesList(language, comparison.changes),
        el(
          'p',
          {},
          el('a', { href: 'comparison.json' }, compare.recorded),
          ' · ',
          el('a', { href: 'comparison.csv' }, compare.table),
          ' · ',
          el('a', { href: feed }, compare.feed),
        ),
      ],
      footer: foot(language, comparison),
    },
  )
}

function changesList(language: Language, changes: Comparison['changes']): Child {
  if (changes.length === 0) return undefined
  const items = changes.slice(0, 20).map((change) => el('li', {}, changeText(language, change)))
  return [el('h2', {}, language.words.compare.changes), el('ul', { class: 'plain' }, ...items)]
}

function* relayFiles(
  language: Language,
  comparison: Comparison,
  host: ComparedHost,
  result: Result | undefined,
): Iterable<[string, string]> {
  const evident = host.state === 'checked' ? (result?.findings.filter(hasEvidence) ?? []) : []
  for (const finding of evident) yield [cellFile(finding.check), cellPage(language, comparison, host, finding)]
  if (result && host.state === 'checked') {
    yield ['report.html', renderHtml(result, language)]
    yield ['result.json', renderJson(result)]
  }
  yield ['badge.svg', renderBandBadge(language, host)]
  yield ['index.html', relayPage(language, comparison, host, new Set(evident.map(({ check }) => check)))]
}

/** What has more to say than its word; a withheld point says nothing. */
const hasEvidence = ({ verdict, withheld }: Finding): boolean =>
  withheld === undefined && verdict !== 'pass' && verdict !== 'skipped'

function cellPage(language: Language, comparison: Comparison, host: ComparedHost, finding: Finding): string {
  const kind = finding.verdict === 'fail' && finding.level === 'must' ? 'problem' : 'remark'
  return document(
    language,
    { title: `${host.label}: ${finding.check}` },
    {
      header: `${host.label} · ${language.day(host.started ?? comparison.made)}`,
      main: [
        findingCard(language, finding, kind, true, 'h2'),
        el(
          'p',
          {},
          el('a', { href: `../#${finding.check}` }, host.label),
          ' · ',
          el('a', { href: '../../../' }, language.words.compare.back),
        ),
      ],
      footer: foot(language, comparison),
    },
  )
}

function relayPage(
  language: Language,
  comparison: Comparison,
  host: ComparedHost,
  evident: ReadonlySet<string>,
): string {
  const { compare } = language.words
  const order = ['PROBLEM', 'REMARK', 'NOT TESTED', 'OK'] as const
  const rows = comparison.rows
    .flatMap((row) => {
      const cell = row.cells.find((one) => one.host === host.label)
      return cell === undefined || host.state !== 'checked' ? [] : [{ row, cell }]
    })
    .sort((a, b) => order.indexOf(a.cell.word) - order.indexOf(b.cell.word))
    .map(({ row, cell }) => {
      const said = el('span', { class: tones[cell.word] }, cellText(language, cell))
      const text = evident.has(row.check) ? el('a', { href: cellFile(row.check) }, said) : said
      const title = titled(language, titleOf(row, language))
      return el('li', { id: row.check }, text, ' ', title, ' ', el('code', {}, row.check))
    })
  return document(
    language,
    { title: `${host.label}: ${compare.title}`, feed: `../../${feed}` },
    {
      header: compare.title,
      main: [
        el('h2', {}, host.label),
        ...hostDetails(language, host),
        changesList(
          language,
          comparison.changes.filter((change) => change.host === host.label),
        ),
        host.state === 'checked'
          ? el(
              'p',
              {},
              el('a', { href: 'report.html' }, language.say(compare.full, { host: host.label })),
              ' · ',
              el('a', { href: 'result.json' }, compare.recorded),
            )
          : undefined,
        rows.length === 0 ? undefined : [el('h3', {}, compare.all), el('ul', { class: 'plain points' }, ...rows)],
        el('p', {}, el('a', { href: '../../' }, compare.back)),
      ],
      footer: foot(language, comparison),
    },
  )
}
