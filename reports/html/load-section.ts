// A load run in the HTML report: verdict, figures, what was asked of the server, whether the machine that drove it could tell,
// the run over time, and then what is of less weight. For html.ts.
import type { LoadRecord } from '../../harness/result/load-schema.ts'
import type { Result } from '../../harness/result/schema.ts'
import { amount } from '../figures.ts'
import type { Language } from '../language/language.ts'
import {
  arrivedInTime,
  driverFits,
  figureOf,
  inOrder,
  kept,
  meaningOf,
  measuredDelay,
  troubledMessages,
} from '../load-words.ts'
import { printable } from '../plain-text.ts'
import { table } from './chart.ts'
import { recorded } from './foreign.ts'
import { loadChart } from './load-chart.ts'
import { type Child, el, type Markup } from './markup.ts'

/** So many different errors of iterations are shown. */
const mostErrors = 50

/** Glyph and colour of a verdict; never a colour alone. */
const looks: Readonly<Record<LoadRecord['verdict'], { readonly glyph: string; readonly tone: string }>> = {
  pass: { glyph: '✓', tone: 'good' },
  fail: { glyph: '✗', tone: 'bad' },
  invalid: { glyph: '?', tone: 'open' },
  interrupted: { glyph: '–', tone: 'open' },
  aborted: { glyph: '–', tone: 'open' },
}

export function loadSection(language: Language, result: Result, load: LoadRecord): Markup {
  const { say, count, words } = language
  const [host] = result.hosts
  const { glyph, tone } = looks[load.verdict]
  const limited = load.metrics.limits_hit?.values.count ?? 0
  return el(
    'section',
    { id: 'load', 'aria-labelledby': 'load-name' },
    el('h2', { id: 'load-name' }, say(words.load.on, { what: load.scenario, host: host?.label ?? '?' })),
    el('p', { class: `verdict ${tone}` }, `${glyph} ${words.load.verdict[load.verdict]}`),
    load.stopped === undefined
      ? undefined
      : el('p', {}, words.load.stopped, ' ', recorded(language, printable(load.stopped, 300))),
    tiles(language, load),
    limited > 0 ? el('p', { class: 'warn' }, count(words.load.limited, limited)) : undefined,
    host?.notes.map((note) => el('p', { class: 'muted' }, `${words.page.note} `, recorded(language, note))),
    thresholds(language, load),
    driver(language, load),
    loadChart(language, load),
    errors(language, load),
    settings(language, load),
    metrics(language, load),
  )
}

function tiles(language: Language, load: LoadRecord): Markup {
  const { say, number, words } = language
  const text = words.load.tile
  const total = (name: string): number => load.metrics[name]?.values.count ?? 0
  const delay = measuredDelay(load)
  const tile = (value: string, label: string): Markup => el('li', {}, el('strong', {}, value), label)
  const due = load.metrics.messages_due === undefined ? undefined : total('messages_due')
  return el(
    'ul',
    { class: 'tiles' },
    due === undefined
      ? tile(number(total('iterations')), text.iterations)
      : tile(say(text.arrivedOf, { arrived: arrivedInTime(load), due }), text.arrived),
    delay?.med === undefined
      ? undefined
      : [
          tile(amount(delay.med, 'ms', language), text.middle),
          tile(amount(delay['p(99)'] ?? 0, 'ms', language), text.high),
        ],
    due === undefined ? undefined : tile(String(troubledMessages(load)), text.wrong),
    tile(String(load.virtualUsers), text.users),
  )
}

/** What is not kept stands open. */
function thresholds(language: Language, load: LoadRecord): Child {
  if (load.thresholds.length === 0) return undefined
  const { count, words } = language
  const { first, rest } = inOrder(load)
  const judged = load.verdict === 'pass' || load.verdict === 'fail'
  const told = !judged ? words.load.notJudged : first.length === 0 ? words.load.allKept : words.load.othersKept
  return [
    el('h3', {}, words.load.thresholds),
    first.length === 0 ? undefined : thresholdTable(language, load, first),
    rest.length === 0
      ? undefined
      : el('details', {}, el('summary', {}, count(told, rest.length)), thresholdTable(language, load, rest)),
  ]
}

function thresholdTable(
  language: Language,
  load: LoadRecord,
  thresholds: readonly LoadRecord['thresholds'][number][],
): Markup {
  const text = language.words.load.threshold
  return table(
    language,
    ['', text.asked, text.was],
    thresholds.map((one) => {
      const { glyph, tone, word } = kept(load, one, language)
      const meaning = meaningOf(one.metric, language)
      const code = el('code', {}, `${one.metric} ${one.threshold}`)
      return [
        el('span', { class: `${tone} mark` }, `${glyph} ${word}`),
        meaning === undefined ? code : [meaning, el('br', {}), code],
        one.value === undefined ? '' : el('span', { class: 'nowrap' }, figureOf(one.metric, one.value, language)),
      ]
    }),
  )
}

function driver(language: Language, load: LoadRecord): Child {
  const { words } = language
  const names: Readonly<Record<string, string>> = words.load.gate
  const rows = load.validity.map(({ gate, holds, value, wanted, advice }) => [
    el('span', { class: holds ? 'good' : 'bad' }, holds ? '✓' : '✗'),
    [
      names[gate] ?? gate,
      holds ? undefined : [el('br', {}), el('strong', {}, recorded(language, printable(advice, 300)))],
    ],
    el('span', { class: 'nowrap' }, figureOf(gate, value, language)),
    recorded(language, wanted),
  ])
  const gates = table(language, ['', words.load.gate.gate, words.load.threshold.was, words.load.gate.wanted], rows)
  return [
    el('h3', {}, words.load.driver),
    el('p', driverFits(load) ? {} : { class: 'warn' }, driverFits(load) ? words.load.fit : words.load.unfit),
    rows.length === 0
      ? undefined
      : driverFits(load)
        ? el('details', {}, el('summary', {}, words.load.gates), gates)
        : gates,
  ]
}

function errors(language: Language, load: LoadRecord): Child {
  if (load.errors.length === 0) return undefined
  const { count, words } = language
  const most = [...load.errors].sort((a, b) => b.count - a.count)
  const rest = most.length - mostErrors
  return [
    el('h3', {}, words.load.errors),
    el(
      'ul',
      { class: 'plain' },
      most
        .slice(0, mostErrors)
        .map((error) =>
          el('li', {}, `${count(words.load.times, error.count)}: `, recorded(language, printable(error.message, 300))),
        ),
      rest > 0 ? el('li', {}, count(words.finding.andMore, rest)) : undefined,
    ),
  ]
}

function settings(language: Language, load: LoadRecord): Child {
  const { words } = language
  const rows = load.scenarios.map(({ name, executor, ...others }) => [
    name,
    el('code', {}, executor),
    el(
      'code',
      {},
      Object.entries(others)
        .map(([key, value]) => `${key}=${printable(JSON.stringify(value) ?? '', 200)}`)
        .join(' '),
    ),
  ])
  return el(
    'details',
    { class: 'big' },
    el('summary', {}, words.load.settings),
    table(
      language,
      [words.aside.what, words.load.value],
      [
        [words.load.tile.users, String(load.virtualUsers)],
        [words.load.threads, String(load.threads)],
        [words.load.lasted, amount(load.seconds, 's', language)],
        ...rows.map(([name, executor, rest]) => [name, [executor, ' ', rest]] as readonly Child[]),
      ],
    ),
  )
}

function metrics(language: Language, load: LoadRecord): Child {
  const { words } = language
  return el(
    'details',
    { class: 'big' },
    el('summary', {}, words.load.metrics),
    table(
      language,
      [words.load.metricName, words.load.value],
      Object.entries(load.metrics).map(([name, { values }]) => [
        el('code', {}, name),
        Object.entries(values)
          .map(([key, value]) => `${key} ${language.number(Number(value.toPrecision(4)), 4)}`)
          .join(words.comma),
      ]),
    ),
  )
}
