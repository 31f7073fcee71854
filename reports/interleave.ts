// Two servers measured in turns, as a person reads it: the verdict, then every stage with its figures. Pure. Used by
// `compare --interleave`.
import type { Interleave, StageChange } from '../harness/result/interleave.ts'
import { english, type Language } from './language/language.ts'
import { code } from './markdown-parts.ts'
import { padded } from './padded.ts'
import { page } from './page.ts'
import { printable } from './plain-text.ts'

/** `look 24 of 120: delivery.rcpt slower; 3 not clear` */
export function interleaveProgress(
  { verdict, stages }: { readonly verdict: string; readonly stages: readonly StageChange[] },
  rounds: number,
  most: number,
): string {
  const slower = stages.filter((one) => one.verdict === 'slower').map(({ stage }) => stage)
  const open = stages.filter((one) => one.verdict === 'open').length
  const seen = slower.length === 0 ? 'none slower' : `${slower.join(', ')} slower`
  return `${rounds} of at most ${most} rounds: ${seen}, ${open} not clear${verdict === 'undecided' ? '' : '; decided'}`
}

export function renderInterleave(
  record: Interleave,
  options: { readonly color: boolean; readonly width: number },
): string {
  const out = page(options)
  const { paint } = out
  const text = english.words.compare.turns
  const color = record.verdict === 'slower' ? paint.red : record.verdict === 'same' ? paint.green : paint.yellow
  out.add(
    0,
    againstText(english, record, (label) => printable(label, 200)),
    paint.bold,
  )
  out.labelled(text.verdict[record.verdict], color, reasonOf(english, record), 2)
  out.add(2, summary(english, record), undefined, 4)
  if (record.stages.length > 0) {
    out.blank()
    const lines = padded([head(english), ...record.stages.map((stage) => cells(english, stage))])
    for (const [at, line] of lines.entries()) {
      const { verdict, machine } = record.stages[at - 1] ?? {}
      const steady = machine !== 'unsteady'
      const shade = steady && verdict === 'slower' ? paint.red : steady && verdict === 'open' ? paint.yellow : undefined
      out.raw(shade === undefined ? line : shade(line))
    }
    out.add(0, text.legend, paint.dim)
  }
  for (const trouble of record.troubles)
    out.add(0, troubleText(english, trouble, printable(trouble.text, 300)), undefined, 4)
  return out.text()
}

export function renderInterleaveMarkdown(record: Interleave, language: Language): string {
  const text = language.words.compare.turns
  const heads = head(language)
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    `## ${againstText(language, record, code)}: ${text.verdict[record.verdict]}`,
    '',
    `${reasonOf(language, record)}. ${summary(language, record)}`,
    '',
    ...(record.stages.length === 0
      ? []
      : [row(heads), row(heads.map((_, at) => (at === 0 || at === 6 ? '---' : '--:')))]),
    ...record.stages.map((stage) => row(cells(language, stage))),
    ...(record.stages.length === 0 ? [] : ['', text.legend, '']),
    ...record.troubles.map((trouble) => `- ${troubleText(language, trouble, code(trouble.text))}`),
    '',
  ].join('\n')
}

function head({ words }: Language): readonly string[] {
  const { stage, old, new: young, change, between, beside } = words.compare.turns.head
  return [stage, old, young, change, between, beside, '']
}

function againstText(
  { say, words }: Language,
  { old, new: young }: Interleave,
  write: (label: string) => string,
): string {
  return say(words.compare.turns.against, { old: write(old.label), new: write(young.label) })
}

function troubleText(
  { say, count, words }: Language,
  { arm, count: times }: Interleave['troubles'][number],
  text: string,
): string {
  const { trouble, arm: on } = words.compare.turns
  return say(trouble, { times: count(words.load.times, times), arm: on[arm], text })
}

/** That of the record is English. */
function reasonOf(language: Language, { verdict, reason, stages }: Interleave): string {
  if (verdict !== 'slower') return reason
  const { say, words } = language
  const named = stages.filter((one) => one.verdict === 'slower' && reason.includes(one.stage))
  return named
    .map(({ stage, change, old }) =>
      say(words.compare.turns.longer, {
        stage,
        ms: say(words.milliseconds, { n: ms(language, change) }),
        share: share(language, change, old),
      }),
    )
    .join(words.comma)
}

function summary({ say, count, words }: Language, { rounds, seconds }: Interleave): string {
  return count(words.compare.turns.summary, rounds.length, { time: say(words.seconds, { n: Math.round(seconds) }) })
}

function cells(language: Language, stage: StageChange): string[] {
  const { say, words } = language
  const { range, stage: verdicts } = words.compare.turns
  const { old, new: young, change, low, high, control, verdict, machine } = stage
  const end = (value: number | undefined): string => (value === undefined ? '?' : signed(language, value))
  return [
    stage.stage,
    ms(language, old),
    ms(language, young),
    signed(language, change),
    say(range, { low: end(low), high: end(high) }),
    ms(language, control),
    machine === 'unsteady' ? verdicts.unsteady : verdicts[verdict],
  ]
}

function share({ say, words }: Language, change: number, old: number): string {
  const percent = Math.round((100 * change) / Math.max(old, 0.001))
  return `${percent > 0 ? '+' : ''}${say(words.percent, { n: percent })}`
}

const signed = (language: Language, value: number): string => `${value > 0 ? '+' : ''}${ms(language, value)}`

/** One digit after the point, also where it is 0: columns of them are compared. */
function ms({ fixed }: Language, value: number): string {
  return fixed(value, Math.abs(value) < 99.95 ? 1 : 0)
}
