// A load run as Markdown: the verdict, what arrived and how fast, what was not kept, whether the machine that drove it could
// tell, and the run over time as a table. Pure. Used by the Markdown renderer.
import type { LoadRecord } from '../harness/result/load-schema.ts'
import type { Result } from '../harness/result/schema.ts'
import { amount } from './figures.ts'
import type { Language } from './language/language.ts'
import {
  arrivedInTime,
  driverFits,
  figureOf,
  inOrder,
  kept,
  meaningOf,
  measuredDelay,
  troubledMessages,
} from './load-words.ts'
import { code, escaped, folded, ruled } from './markdown-parts.ts'

/** Rows of the run over time; longer ones are put together. */
const mostStretches = 20
const mostErrors = 10

export function loadMarkdown(language: Language, result: Result, load: LoadRecord): readonly string[] {
  const { say, count, words } = language
  const text = words.load
  const host = result.hosts[0]
  const name = say(text.on, { what: load.scenario, host: host?.label ?? '?' })
  const { first, rest } = inOrder(load)
  const judged = load.verdict === 'pass' || load.verdict === 'fail'
  const told = !judged ? text.notJudged : first.length === 0 ? text.allKept : text.othersKept
  const limited = load.metrics.limits_hit?.values.count ?? 0
  const errors = [...load.errors].sort((a, b) => b.count - a.count)
  return [
    `## ${escaped(name)}: ${text.verdict[load.verdict]}`,
    '',
    ...(load.stopped === undefined ? [] : [`${text.stopped} ${escaped(load.stopped)}`, '']),
    ...figures(language, load).map((line) => `- ${line}`),
    ...(limited > 0 ? [`- ${count(text.limited, limited)}`] : []),
    ...(host?.notes ?? []).map((note) => `- ${escaped(note)}`),
    '',
    ...thresholds(language, load, first),
    ...folded(count(told, rest.length), rest.length === 0 ? [] : thresholds(language, load, rest)),
    `**${text.driver}** ${driverFits(load) ? text.fit : text.unfit}`,
    '',
    ...gates(language, load),
    ...errors.slice(0, mostErrors).map((one) => `- ${count(text.times, one.count)}: ${escaped(one.message)}`),
    ...(errors.length > mostErrors ? [`- ${count(words.markdown.more, errors.length - mostErrors)}`] : []),
    ...(errors.length === 0 ? [] : ['']),
    ...folded(text.chart.title, overTime(language, load)),
  ]
}

function figures(language: Language, load: LoadRecord): readonly string[] {
  const { say, number, words } = language
  const text = words.load.tile
  const total = (name: string): number => load.metrics[name]?.values.count ?? 0
  if (load.metrics.messages_due === undefined) return [`${text.iterations}: ${number(total('iterations'))}`]
  const arrived = arrivedInTime(load)
  const delay = measuredDelay(load)
  const ms = (value: number): string => amount(value, 'ms', language)
  return [
    `${text.arrived}: ${say(text.arrivedOf, { arrived, due: total('messages_due') })}`,
    ...(delay?.med === undefined
      ? []
      : [`${text.middle}: ${ms(delay.med)}`, `${text.high}: ${ms(delay['p(99)'] ?? 0)}`]),
    `${text.wrong}: ${troubledMessages(load)}`,
    `${text.users}: ${load.virtualUsers}`,
  ]
}

function thresholds(
  language: Language,
  load: LoadRecord,
  shown: readonly LoadRecord['thresholds'][number][],
): readonly string[] {
  const text = language.words.load.threshold
  return ruled(
    language,
    ['', text.asked, text.was],
    shown.map((one) => {
      const { glyph, word } = kept(load, one, language)
      const meaning = meaningOf(one.metric, language)
      return [
        `${glyph} ${word}`,
        `${meaning === undefined ? '' : `${escaped(meaning)} `}${code(`${one.metric} ${one.threshold}`)}`,
        one.value === undefined ? '' : escaped(figureOf(one.metric, one.value, language)),
      ]
    }),
  )
}

/** Those that do not hold, with what to do about them. */
function gates(language: Language, load: LoadRecord): readonly string[] {
  const text = language.words.load
  const names: Readonly<Record<string, string>> = text.gate
  return ruled(
    language,
    [text.gate.gate, text.threshold.was, text.gate.wanted, text.gate.advice],
    load.validity
      .filter(({ holds }) => !holds)
      .map(({ gate, value, wanted, advice }) => [
        escaped(names[gate] ?? gate),
        escaped(figureOf(gate, value, language)),
        escaped(wanted),
        escaped(advice),
      ]),
  )
}

function overTime(language: Language, { series }: LoadRecord): readonly string[] {
  const { number, words } = language
  const text = words.load.chart
  const points = series?.points ?? []
  const size = Math.max(1, Math.ceil(points.length / mostStretches))
  const rows: string[][] = []
  let from = 0
  for (let at = 0; at < points.length; at += size) {
    const some = points.slice(at, at + size)
    const to = some.at(-1)?.at ?? from
    const seconds = Math.max(to - from, 0.001)
    const rate = (of: 'due' | 'received' | 'failed' | 'limited'): string =>
      number(some.reduce((sum, point) => sum + point[of], 0) / seconds, 1)
    // Of several stretches the worst: percentiles cannot be added up.
    const worst = (of: 'p50' | 'p99'): string => {
      const known = some.flatMap((point) => point[of] ?? [])
      return known.length === 0 ? '' : amount(Math.max(...known), 'ms', language)
    }
    rows.push([
      amount(to, 's', language),
      rate('due'),
      rate('received'),
      rate('failed'),
      rate('limited'),
      worst('p50'),
      worst('p99'),
    ])
    from = to
  }
  return ruled(
    language,
    [text.time, text.due, text.arrived, text.failed, text.limited, text.highestP50, text.highestP99],
    rows,
  )
}
