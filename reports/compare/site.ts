// The files of a web site for a public list: index, a page and a badge for each relay, evidence cell by cell, records, a feed. Pure.
// Links stay the same from week to week: relay/HOST/, and the ids of checks as anchors there.
import type { ComparedHost, Comparison } from '../../harness/result/comparison.ts'
import type { Finding, Result } from '../../harness/result/schema.ts'
import { slugOf } from '../../harness/result/slug.ts'
import { findingCard } from '../html/finding-card.ts'
import { renderHtml } from '../html/html.ts'
import { type Child, el } from '../html/markup.ts'
import { renderJson } from '../json.ts'
import { english } from '../language/language.ts'
import { renderAtom } from './atom.ts'
import { renderBandBadge } from './band-badge.ts'
import { renderComparisonCsv } from './csv.ts'
import { document } from './document.ts'
import { hostDetails } from './host-cards.ts'
import { foot, pageOf } from './html.ts'
import { renderComparisonJson } from './index.ts'
import { cellText, day } from './telling.ts'
import { fill, words } from './words.ts'

const feed = 'changes.atom'

/** By path. `results` are those of the comparison, by label, and fit for everybody to read. The index comes last. */
export function siteFiles(comparison: Comparison, results: ReadonlyMap<string, Result>): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const host of comparison.hosts)
    for (const [path, text] of relayFiles(comparison, host, results.get(host.label)))
      files.set(`relay/${slugOf(host.label)}/${path}`, text)
  files.set('comparison.json', renderComparisonJson(comparison))
  files.set('comparison.csv', renderComparisonCsv(comparison))
  files.set(feed, renderAtom(comparison))
  files.set('index.html', index(comparison, files))
  return files
}

const cellFile = (check: string): string => `cell/${check.replace(/[^a-z0-9-]+/gi, '-')}.html`

function index(comparison: Comparison, files: ReadonlyMap<string, string>): string {
  const link = (host: string, check: string): string | undefined => {
    const path = `relay/${slugOf(host)}/${cellFile(check)}`
    return files.has(path) ? path : undefined
  }
  return document(
    { title: words.title, feed },
    ...pageOf(comparison, link, (label) => `relay/${slugOf(label)}/`),
    changesList(comparison.changes),
    el(
      'p',
      {},
      el('a', { href: 'comparison.json' }, words.recorded),
      ' · ',
      el('a', { href: 'comparison.csv' }, words.table),
      ' · ',
      el('a', { href: feed }, words.feed),
    ),
    foot(comparison),
  )
}

function changesList(changes: Comparison['changes']): Child {
  if (changes.length === 0) return undefined
  const items = changes
    .slice(0, 20)
    .map(({ at, host, subject, from, to }) =>
      el('li', {}, fill(words.change, { day: day(at), host, subject: words.subject[subject], from, to })),
    )
  return [el('h2', {}, words.changes), el('ul', { class: 'plain' }, ...items)]
}

function* relayFiles(
  comparison: Comparison,
  host: ComparedHost,
  result: Result | undefined,
): Iterable<[string, string]> {
  const evident = host.state === 'checked' ? (result?.findings.filter(hasEvidence) ?? []) : []
  for (const finding of evident) yield [cellFile(finding.check), cellPage(comparison, host, finding)]
  if (result && host.state === 'checked') {
    yield ['report.html', renderHtml(result)]
    yield ['result.json', renderJson(result)]
  }
  yield ['badge.svg', renderBandBadge(host)]
  yield ['index.html', relayPage(comparison, host, new Set(evident.map(({ check }) => check)))]
}

/** What has more to say than its word; a withheld point says nothing. */
const hasEvidence = ({ verdict, withheld }: Finding): boolean =>
  withheld === undefined && verdict !== 'pass' && verdict !== 'skipped'

function cellPage(comparison: Comparison, host: ComparedHost, finding: Finding): string {
  const kind = finding.verdict === 'fail' && finding.level === 'must' ? 'problem' : 'remark'
  return document(
    { title: `${host.label}: ${finding.check}` },
    el('header', {}, el('h1', {}, `${host.label} · ${day(host.started ?? comparison.made)}`)),
    findingCard(english, finding, kind, true),
    el(
      'p',
      {},
      el('a', { href: `../#${finding.check}` }, host.label),
      ' · ',
      el('a', { href: '../../../' }, words.back),
    ),
    foot(comparison),
  )
}

function relayPage(comparison: Comparison, host: ComparedHost, evident: ReadonlySet<string>): string {
  const rows = comparison.rows.flatMap((row) => {
    const cell = row.cells.find((one) => one.host === host.label)
    if (cell === undefined || host.state !== 'checked') return []
    const text = evident.has(row.check) ? el('a', { href: cellFile(row.check) }, cellText(cell)) : cellText(cell)
    return [el('li', { id: row.check }, text, ' ', el('code', {}, row.check), ` ${row.title}`)]
  })
  return document(
    { title: `${host.label}: ${words.title}`, feed: `../../${feed}` },
    el('header', {}, el('h1', {}, words.title)),
    el('h2', {}, host.label),
    ...hostDetails(host),
    changesList(comparison.changes.filter((change) => change.host === host.label)),
    host.state === 'checked'
      ? el(
          'p',
          {},
          el('a', { href: 'report.html' }, fill(words.full, { host: host.label })),
          ' · ',
          el('a', { href: 'result.json' }, words.recorded),
        )
      : undefined,
    rows.length === 0 ? undefined : [el('h3', {}, words.all), el('ul', { class: 'plain' }, ...rows)],
    el('p', {}, el('a', { href: '../../' }, words.back)),
    foot(comparison),
  )
}
