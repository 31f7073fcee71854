// A comparison as Markdown: bands first, then problems and differences as tables, the rest folded. Pure.
import { blameFor, middleOf } from '../../harness/result/blame.ts'
import type { Comparison, Pairing, Row } from '../../harness/result/comparison.ts'
import { escaped } from '../markdown-parts.ts'
import { aboutHost, bandsTold, blameText, cellText, day, ms, sectionsOf } from './telling.ts'
import { fill, words } from './words.ts'

/** Rows of a table. */
const mostRows = 100

export function renderComparisonMarkdown(comparison: Comparison): string {
  const { hosts, profile, made, tool, pairing } = comparison
  const head = [words.title, ...(profile === undefined ? [] : [fill(words.profile, { profile })])].join(', ')
  const { problems, differences, agreed } = sectionsOf(comparison)
  const lines = [
    `## ${escaped(head)}`,
    '',
    ...(comparison.complete ? [] : [words.stopped, '']),
    ...(hosts.some(({ reference }) => reference) ? [words.reference, ''] : []),
    ...bandTable(comparison),
    words.bandsRule,
    '',
    ...table(words.problems, problems, comparison),
    ...table(words.differences, differences, comparison),
    ...folded(`${words.agreed} (${agreed.length})`, table('', agreed, comparison)),
    ...(pairing ? pairingLines(pairing) : []),
    `<sub>${escaped(fill(words.made, { day: day(made), version: tool.version }))}</sub>`,
  ]
  return `${lines.join('\n')}\n`
}

function bandTable({ hosts, pairing }: Comparison): readonly string[] {
  const subjects = ['conformance', 'speed', ...(pairing ? (['federation'] as const) : [])] as const
  const head = [words.host, ...subjects.map((subject) => words.subject[subject]), '']
  const rows = hosts.map((host) => {
    const told = bandsTold(host)
    const cells = subjects.map((subject) => {
      const one = told.find((item) => item.subject === subject)
      return one ? `**${one.band}** ${escaped(one.why.join('; '))}` : ''
    })
    const { maintenance, reply } = host.notes ?? {}
    const notes = [
      ...(maintenance === undefined ? [] : [`${words.maintenance}: ${maintenance}`]),
      ...(reply === undefined ? [] : [`${words.reply}: ${reply}`]),
    ]
    return [escaped(host.label), ...cells, escaped([...aboutHost(host), ...notes].join('; '))]
  })
  return ruled(head, rows)
}

function table(title: string, rows: readonly Row[], { hosts }: Comparison): readonly string[] {
  if (rows.length === 0) return []
  const head = [title === '' ? words.check : `${title} (${rows.length})`, ...hosts.map(({ label }) => escaped(label))]
  const shown = rows.slice(0, mostRows).map((row) => [`\`${row.check}\``, ...row.cells.map(cellText)])
  const more = rows.length > mostRows ? [`and ${rows.length - mostRows} more`, ''] : []
  return [...ruled(head, shown), ...more]
}

function pairingLines(pairing: Pairing): readonly string[] {
  const names = [...new Set(pairing.pairs.flatMap(({ from, to }) => [from, to]))].sort()
  const value = (from: string, to: string): string => {
    const pair = pairing.pairs.find((one) => one.from === from && one.to === to)
    if (pair === undefined || pair.samples.length + pair.lost === 0) return ''
    const lost = pair.lost === 0 ? '' : ` (${fill(words.pairing.lost, { n: pair.lost })})`
    return `${ms(middleOf(pair))}${lost}`
  }
  const { shares, apart } = pairing
  const blame = shares && blameFor(pairing.pairs, shares)
  const share = (side: 'outbound' | 'inbound', host: string): string => {
    const one = shares?.[side].find((item) => item.host === host)
    return one ? `${ms(one.ms)} (${ms(one.interval.low)} to ${ms(one.interval.high)})` : ''
  }
  return [
    `### ${words.pairing.title}`,
    '',
    ...(pairing.complete ? [] : [fill(words.pairing.partial, { n: pairing.pairs.length }), '']),
    fill(words.pairing.cells, { each: pairing.each }),
    '',
    ...ruled(
      [`${words.pairing.from} / ${words.pairing.to}`, ...names.map(escaped)],
      names.map((from) => [escaped(from), ...names.map((to) => value(from, to))]),
    ),
    ...(apart === undefined ? [] : [escaped(fill(words.pairing.apart, { why: apart })), '']),
    ...(shares
      ? ruled(
          [words.pairing.shares, words.pairing.outbound, words.pairing.inbound],
          names.map((host) => [escaped(host), share('outbound', host), share('inbound', host)]),
        )
      : []),
    ...(shares ? [words.pairing.sharesRule, ''] : []),
    ...(blame ? [...blameText(blame).map(escaped), ''] : []),
  ]
}

function ruled(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line), '']
}

function folded(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`<details><summary>${title}</summary>`, '', ...lines, '</details>', '']
}
