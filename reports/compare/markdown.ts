// A comparison as Markdown: bands first, then problems and differences as tables, the rest folded. Pure.
import { blameFor, middleOf } from '../../harness/result/blame.ts'
import type { Comparison, Pairing, Row } from '../../harness/result/comparison.ts'
import type { Language } from '../language/language.ts'
import { escaped, folded, ruled } from '../markdown-parts.ts'
import {
  aboutHostText,
  apartText,
  bandsTold,
  betweenText,
  blameText,
  cellText,
  lossText,
  madeText,
  ms,
  overallOf,
  sectionsOf,
} from './telling.ts'

export function renderComparisonMarkdown(comparison: Comparison, language: Language): string {
  const { say, words } = language
  const { compare } = words
  const { hosts, profile, pairing } = comparison
  const about = profile === undefined ? [] : [say(words.page.profile, { profile })]
  const head = [compare.title, ...about].join(words.comma)
  const { problems, differences, agreed } = sectionsOf(comparison)
  const overall = overallOf(language, comparison)
  const lines = [
    `## ${escaped(head)}`,
    '',
    ...(comparison.complete ? [] : [compare.stopped, '']),
    ...(hosts.some(({ reference }) => reference) ? [compare.reference, ''] : []),
    `**${overall.glyph} ${overall.text}**`,
    '',
    ...bandTable(language, comparison),
    compare.bandsRule,
    '',
    ...table(language, compare.problems, problems, comparison),
    ...table(language, compare.differences, differences, comparison),
    ...folded(`${compare.agreed} (${agreed.length})`, table(language, '', agreed, comparison)),
    ...(pairing ? pairingLines(language, pairing) : []),
    `<sub>${escaped(madeText(language, comparison))}</sub>`,
  ]
  return `${lines.join('\n')}\n`
}

function bandTable(language: Language, { hosts, pairing }: Comparison): readonly string[] {
  const { clause, colon, compare } = language.words
  const subjects = ['conformance', 'speed', ...(pairing ? (['federation'] as const) : [])] as const
  const head = [compare.host, ...subjects.map((subject) => compare.subject[subject]), '']
  const rows = hosts.map((host) => {
    const told = bandsTold(language, host)
    const cells = subjects.map((subject) => {
      const one = told.find((item) => item.subject === subject)
      return one ? `**${one.band}** ${escaped(one.why.join(clause))}` : ''
    })
    const { maintenance, reply } = host.notes ?? {}
    const notes = [
      ...(maintenance === undefined ? [] : [`${compare.maintenance}${colon}${maintenance}`]),
      ...(reply === undefined ? [] : [`${compare.reply}${colon}${reply}`]),
    ]
    return [escaped(host.label), ...cells, escaped([...aboutHostText(language, host), ...notes].join(clause))]
  })
  return ruled(language, head, rows)
}

function table(language: Language, title: string, rows: readonly Row[], { hosts }: Comparison): readonly string[] {
  const { check } = language.words.aside
  const head = [title === '' ? check : `${title} (${rows.length})`, ...hosts.map(({ label }) => escaped(label))]
  const shown = rows.map((row) => [`\`${row.check}\``, ...row.cells.map((cell) => cellText(language, cell))])
  return ruled(language, head, shown)
}

function pairingLines(language: Language, pairing: Pairing): readonly string[] {
  const { count, words } = language
  const text = words.compare.pairing
  const names = [...new Set(pairing.pairs.flatMap(({ from, to }) => [from, to]))].sort()
  const value = (from: string, to: string): string => {
    const pair = pairing.pairs.find((one) => one.from === from && one.to === to)
    if (pair === undefined || pair.samples.length + pair.lost === 0) return ''
    const lost = lossText(language, pair)
    return `${ms(language, middleOf(pair))}${lost === '' ? '' : ` (${lost})`}`
  }
  const { shares, apart } = pairing
  const blame = shares && blameFor(pairing.pairs, shares)
  const share = (side: 'outbound' | 'inbound', host: string): string => {
    const one = shares?.[side].find((item) => item.host === host)
    return one ? `${ms(language, one.ms)}${betweenText(language, one.interval)}` : ''
  }
  return [
    `### ${text.title}`,
    '',
    ...(pairing.complete ? [] : [count(text.partial, pairing.pairs.length), '']),
    count(text.cells, pairing.each),
    '',
    ...ruled(
      language,
      [`${text.from} / ${text.to}`, ...names.map(escaped)],
      names.map((from) => [escaped(from), ...names.map((to) => value(from, to))]),
    ),
    ...(apart === undefined ? [] : [escaped(apartLine(language, apart)), '']),
    ...(shares
      ? ruled(
          language,
          [text.shares, text.outbound, text.inbound],
          names.map((host) => [escaped(host), share('outbound', host), share('inbound', host)]),
        )
      : []),
    ...(shares ? [text.sharesRule, ''] : []),
    ...(blame ? [...blameText(language, blame).map(escaped), ''] : []),
  ]
}

function apartLine(language: Language, apart: string): string {
  const { text, values } = apartText(language, apart)
  return language.say(text, values)
}
