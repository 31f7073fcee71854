// A search for capacity in the HTML report: how many people, which rate, what gave way, the curve, and further figures. For html.ts.
import type { CapacityRecord } from '../../harness/result/capacity-schema.ts'
import type { Result } from '../../harness/result/schema.ts'
import { answerOf, assumptionsOf } from '../capacity-words.ts'
import { amount } from '../figures.ts'
import type { Language } from '../language/language.ts'
import { printable } from '../plain-text.ts'
import { capacityChart } from './capacity-chart.ts'
import { table } from './chart.ts'
import { recorded } from './foreign.ts'
import { type Child, el, type Markup } from './markup.ts'

export function capacitySection(language: Language, result: Result, capacity: CapacityRecord): Markup {
  const { say, words } = language
  const text = words.load.capacity
  const [host] = result.hosts
  const answer = answerOf(capacity, language)
  const held = capacity.bracket.holds > 0
  return el(
    'section',
    { id: 'capacity', 'aria-labelledby': 'capacity-name' },
    el('h2', { id: 'capacity-name' }, say(text.of, { host: host?.label ?? '?' })),
    el('p', { class: `verdict ${held ? 'good' : 'open'}` }, `${held ? '✓' : '?'} ${answer}`),
    el('p', { class: 'answer' }, recorded(language, printable(capacity.people.answer, 600))),
    el(
      'p',
      {},
      `${text.gaveWay} ${text.what[capacity.gaveWay.what]} (`,
      recorded(language, printable(capacity.gaveWay.evidence, 600)),
      ')',
    ),
    host?.notes.map((note) => el('p', { class: 'muted' }, `${words.page.note} `, recorded(language, note))),
    capacityChart(language, capacity),
    people(language, capacity),
    figures(language, capacity),
  )
}

function people(language: Language, capacity: CapacityRecord): Child {
  const { say, words } = language
  const text = words.load.capacity
  const { limits } = capacity.people
  if (limits.length === 0) return undefined
  const assumptions = assumptionsOf(capacity, language)
  return [
    el('h3', {}, text.people),
    table(
      language,
      [text.limits, text.for, text.head.why],
      limits.map((one) => [
        recorded(language, printable(one.resource, 200)),
        String(one.people),
        recorded(language, printable(one.why, 300)),
      ]),
    ),
    assumptions === '' ? undefined : el('p', { class: 'muted' }, say(text.assumed, { assumptions })),
  ]
}

function figures(language: Language, { figures: seen }: CapacityRecord): Child {
  if (seen.length === 0) return undefined
  const { words } = language
  const text = words.load.capacity
  return [
    el('h3', {}, text.figures),
    table(
      language,
      [words.aside.what, words.load.value, ''],
      seen.map(({ name, value, unit, note }) => [
        text.figure[name],
        el('span', { class: 'nowrap' }, amount(value, printable(unit, 40), language)),
        note === undefined ? '' : recorded(language, printable(note, 300)),
      ]),
    ),
  ]
}
