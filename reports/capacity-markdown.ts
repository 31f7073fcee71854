// A search for capacity as Markdown: how many people, which rate, what gave way, every step. Pure. Used by the Markdown renderer.
import type { CapacityRecord } from '../harness/result/capacity-schema.ts'
import type { Result } from '../harness/result/schema.ts'
import { answerOf, assumptionsOf } from './capacity-words.ts'
import { amount } from './figures.ts'
import type { Language } from './language/language.ts'
import { escaped, folded, ruled } from './markdown-parts.ts'

export function capacityMarkdown(language: Language, result: Result, capacity: CapacityRecord): readonly string[] {
  const { say, number, words } = language
  const text = words.load.capacity
  const [host] = result.hosts
  const ms = (value: number | undefined): string => (value === undefined ? '' : amount(value, 'ms', language))
  const assumptions = assumptionsOf(capacity, language)
  return [
    `## ${escaped(say(text.of, { host: host?.label ?? '?' }))}: ${answerOf(capacity, language)}`,
    '',
    escaped(capacity.people.answer),
    '',
    `- ${text.gaveWay} ${text.what[capacity.gaveWay.what]} (${escaped(capacity.gaveWay.evidence)})`,
    ...(host?.notes ?? []).map((note) => `- ${escaped(note)}`),
    '',
    ...ruled(
      language,
      [text.limits, text.for, text.head.why],
      capacity.people.limits.map(({ resource, people, why }) => [escaped(resource), String(people), escaped(why)]),
    ),
    ...(assumptions === '' ? [] : [escaped(say(text.assumed, { assumptions })), '']),
    ...ruled(
      language,
      [text.figures, words.load.value, ''],
      capacity.figures.map(({ name, value, unit, note }) => [
        text.figure[name],
        escaped(amount(value, unit, language)),
        escaped(note ?? ''),
      ]),
    ),
    ...folded(
      text.numbers,
      ruled(
        language,
        [
          text.head.step,
          text.head.rate,
          text.head.verdict,
          'p50',
          'p99',
          text.head.failed,
          text.head.lost,
          text.head.why,
        ],
        capacity.steps.map((step) => [
          text.purpose[step.purpose],
          number(step.rate, 2),
          text.verdict[step.verdict],
          ms(step.p50),
          ms(step.p99),
          say(words.percent, { n: number(step.failed * 100, 2) }),
          String(step.lost),
          escaped(step.why ?? ''),
        ]),
      ),
    ),
  ]
}
