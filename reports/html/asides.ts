// What stands folded at the end of a host in the HTML report: not tested, seen, what holds, how it was reached. For host-section.ts.
import type { Finding, HostRecord, Result } from '../../harness/result/schema.ts'
import { amount } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { titleOf } from '../language/told.ts'
import { byReason } from '../not-tested.ts'
import { standing } from '../tally.ts'
import { table } from './chart.ts'
import { recorded, sentence, titled } from './foreign.ts'
import { type Child, el, type Markup } from './markup.ts'

export function notTested(language: Language, findings: readonly Finding[]): Child {
  const { words, count } = language
  const asked = findings.filter((finding) => standing(finding) === 'asked')
  const unasked = findings.filter((finding) => standing(finding) !== 'asked')
  const listed = (group: readonly Finding[]): Child =>
    byReason(group, language).map(([reason, of]) => [
      el('p', {}, el('strong', {}, `${count(words.aside.checks, of.length)}: `), reasonOf(language, reason, of)),
      named(language, of),
    ])
  return [
    folded(words.aside.notTested, asked.length, listed(asked)),
    folded(words.aside.leftOut, unasked.length, listed(unasked)),
  ]
}

/** The record has it in English; its kind is known in every language. */
function reasonOf(language: Language, reason: string, [first]: readonly Finding[]): Child {
  const kind = first?.skipped
  if (language.name === 'en' || kind === undefined) return recorded(language, reason)
  return [language.words.skipped[kind], ' ', el('small', {}, '(', recorded(language, reason), ')')]
}

export function seen(language: Language, result: Result, host: HostRecord): Child {
  const { aside } = language.words
  const observations = result.observations.filter((item) => item.host === host.label)
  const shown = (value: (typeof observations)[number]['value'], unit = ''): string => {
    if (typeof value === 'boolean') return value ? aside.yes : aside.no
    if (typeof value === 'number' && unit === 'days') return amount(value, unit, language)
    return `${value ?? aside.unknown} ${unit}`.trimEnd()
  }
  const rows = observations.map(({ title, value, unit }) => [recorded(language, title), shown(value, unit)])
  return folded(aside.observed, rows.length, table(language, [aside.what, aside.value], rows))
}

export function holding(language: Language, findings: readonly Finding[]): Child {
  const { aside } = language.words
  const rows = findings.map((finding) => [el('code', {}, finding.check), titled(language, titleOf(finding, language))])
  return folded(aside.holds, rows.length, table(language, [aside.check, aside.what], rows))
}

export function aboutHost(language: Language, result: Result, host: HostRecord): Child {
  const { say, count, number, words } = language
  const { aside } = words
  const { spent, endpoints, candidates, implementation } = host
  const used = [
    count(aside.newAccounts, spent.freshAccounts),
    count(aside.oldAccounts, spent.reusedAccounts),
    count(aside.messages, spent.messages),
    count(aside.connections, spent.connections),
  ].join(words.comma)
  const places =
    endpoints.length > 0
      ? endpoints.map(({ service, name, address, port }) => [
          service,
          say(aside.place, { name, address, port: String(port) }),
        ])
      : candidates.map(({ service, place, outcome, detail }) => [
          service,
          recorded(language, `${place}: ${detail ?? outcome}`),
        ])
  const make = implementation && {
    make: implementation.text,
    clues: implementation.evidence.join(words.comma),
  }
  return el(
    'details',
    { class: 'big', open: endpoints.length === 0 ? '' : undefined },
    el('summary', {}, aside.about),
    table(
      language,
      [aside.what, aside.value],
      [
        [aside.domain, host.domain],
        ...places,
        [aside.used, used],
        [aside.took, say(words.seconds, { n: number(host.seconds ?? result.seconds, 1) })],
        ...(make && make.clues !== '' ? [[aside.looksLike, sentence(language, { text: aside.by, values: make })]] : []),
      ],
    ),
  )
}

export function folded(title: string, n: number, ...inside: readonly Child[]): Child {
  if (n === 0) return undefined
  return el('details', { class: 'big' }, el('summary', {}, `${title} (${n})`), ...inside)
}

export const named = (language: Language, findings: readonly Finding[]): Markup =>
  el(
    'ul',
    { class: 'plain' },
    ...findings.map((finding) =>
      el('li', {}, el('code', {}, finding.check), ' ', titled(language, titleOf(finding, language))),
    ),
  )
