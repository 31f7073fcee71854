// What stands folded at the end of a host in the HTML report: not tested, seen, what holds, how it was reached. For host-section.ts.
import type { Finding, HostRecord, Result } from '../../harness/result/schema.ts'
import { byReason } from '../not-tested.ts'
import { standing } from '../tally.ts'
import { count } from '../words.ts'
import { table } from './chart.ts'
import { type Child, el, type Markup } from './markup.ts'

export function notTested(findings: readonly Finding[]): Child {
  const asked = findings.filter((finding) => standing(finding) === 'asked')
  const unasked = findings.filter((finding) => standing(finding) !== 'asked')
  const listed = (group: readonly Finding[]): Child =>
    byReason(group).map(([reason, of]) => [
      el('p', {}, el('strong', {}, `${count(of.length, 'check')}: `), reason),
      named(of),
    ])
  return [
    folded('Not tested', asked.length, listed(asked)),
    folded('Left out by choice, or not applicable', unasked.length, listed(unasked)),
  ]
}

export function seen(result: Result, host: HostRecord): Child {
  const observations = result.observations.filter((item) => item.host === host.label)
  const rows = observations.map(({ title, value, unit = '' }) => [title, `${value ?? 'unknown'} ${unit}`.trimEnd()])
  return folded('Seen, without a judgement', rows.length, table(['what', 'value'], rows))
}

export function holding(findings: readonly Finding[]): Child {
  const rows = findings.map(({ check, title }) => [el('code', {}, check), title])
  return folded('What holds', rows.length, table(['check', 'it'], rows))
}

export function aboutHost(result: Result, host: HostRecord): Child {
  const { spent, endpoints, candidates, implementation } = host
  const used = `${count(spent.freshAccounts, 'new account')}, ${count(spent.reusedAccounts, 'account')} of before, ${count(spent.messages, 'message')}, ${count(spent.connections, 'connection')}`
  const places =
    endpoints.length > 0
      ? endpoints.map(({ service, name, address, port }) => [service, `${name} (${address}) port ${port}`])
      : candidates.map(({ service, place, outcome, detail }) => [service, `${place}: ${detail ?? outcome}`])
  return el(
    'details',
    { class: 'big', open: endpoints.length === 0 ? '' : undefined },
    el('summary', {}, 'About this host'),
    table(
      ['what', 'value'],
      [
        ['domain', host.domain],
        ...places,
        ['used', used],
        ['took', `${(host.seconds ?? result.seconds).toFixed(1)} s`],
        ...(implementation && implementation.evidence.length > 0
          ? [['looks like', `${implementation.text}, by ${implementation.evidence.join(', ')}`]]
          : []),
      ],
    ),
  )
}

export function folded(title: string, n: number, ...inside: readonly Child[]): Child {
  if (n === 0) return undefined
  return el(
    'details',
    { class: 'big' },
    el('summary', {}, title === 'and' ? `${n} more` : `${title} (${n})`),
    ...inside,
  )
}

export const named = (findings: readonly Finding[]): Markup =>
  el('ul', { class: 'plain' }, ...findings.map(({ check, title }) => el('li', {}, el('code', {}, check), ` ${title}`)))
