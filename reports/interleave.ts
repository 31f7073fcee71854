// Two servers measured in turns, as a person reads it: the verdict, then every stage with its figures. Pure. Used by
// `compare --interleave`.
import type { Interleave, StageChange } from '../harness/result/interleave.ts'
import { code } from './markdown-parts.ts'
import { padded } from './padded.ts'
import { page } from './page.ts'
import { printable } from './plain-text.ts'
import { count } from './words.ts'

const words = {
  slower: 'SLOWER',
  same: 'NOT SLOWER',
  undecided: 'UNDECIDED',
  interrupted: 'INTERRUPTED, no verdict',
} as const

const of = {
  slower: 'slower',
  same: 'same',
  faster: 'faster',
  open: 'not clear',
} as const satisfies Record<StageChange['verdict'], string>

const armWords = { old: 'the old server', new: 'the new server', control: 'the reference server' } as const

const head = ['stage', 'old', 'new', 'change', 'between', 'beside', ''] as const

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
  const color = record.verdict === 'slower' ? paint.red : record.verdict === 'same' ? paint.green : paint.yellow
  out.add(0, `${printable(record.new.label, 200)} against ${printable(record.old.label, 200)}`, paint.bold)
  out.labelled(words[record.verdict], color, reasonOf(record), 2)
  out.add(2, summary(record), undefined, 4)
  if (record.stages.length > 0) {
    out.blank()
    for (const line of padded([head, ...record.stages.map(cells)])) {
      const shade = / slower$/.test(line) ? paint.red : line.endsWith('not clear') ? paint.yellow : undefined
      out.raw(shade === undefined ? line : shade(line))
    }
    out.add(0, legend, paint.dim)
  }
  for (const { arm, text, count: times } of record.troubles)
    out.add(0, `${count(times, 'time')} on ${armWords[arm]}: ${printable(text, 300)}`, undefined, 4)
  return out.text()
}

export function renderInterleaveMarkdown(record: Interleave): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    `## ${code(record.new.label)} against ${code(record.old.label)}: ${words[record.verdict]}`,
    '',
    `${reasonOf(record)}. ${summary(record)}`,
    '',
    ...(record.stages.length === 0
      ? []
      : [row(head), row(head.map((_, at) => (at === 0 || at === 6 ? '---' : '--:')))]),
    ...record.stages.map((stage) => row(cells(stage))),
    ...(record.stages.length === 0 ? [] : ['', legend, '']),
    ...record.troubles.map(
      ({ arm, text, count: times }) => `- ${count(times, 'time')} on ${armWords[arm]}: ${code(text)}`,
    ),
    '',
  ].join('\n')
}

const legend =
  'Milliseconds; old and new are medians, change is new against old round by round, beside is the reference server on this machine. A stage is slower when all of "between" is more than 10 % and 1 ms (the whole: 5 % and 5 ms).'

function reasonOf({ verdict, reason, stages }: Interleave): string {
  if (verdict !== 'slower') return reason
  const named = stages.filter((one) => one.verdict === 'slower' && reason.includes(one.stage))
  return named
    .map(({ stage, change, old }) => `${stage} takes ${ms(change)} ms longer (${share(change, old)})`)
    .join(', ')
}

function summary({ rounds, seconds }: Interleave): string {
  return `${count(rounds.length, 'message')} through each in turns, over new sessions, in ${seconds.toFixed(0)} s`
}

function cells({ stage, old, new: young, change, low, high, control, verdict, machine }: StageChange): string[] {
  const end = (value: number | undefined): string => (value === undefined ? '?' : signed(value))
  return [
    stage,
    ms(old),
    ms(young),
    signed(change),
    `${end(low)} to ${end(high)}`,
    ms(control),
    machine === 'unsteady' ? 'machine not steady' : of[verdict],
  ]
}

const share = (change: number, old: number): string => `${signedWhole((100 * change) / Math.max(old, 0.001))} %`
const signedWhole = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(0)}`
const signed = (value: number): string => `${value > 0 ? '+' : ''}${ms(value)}`
const ms = (value: number): string => {
  const text = Math.abs(value) < 99.95 ? value.toFixed(1) : value.toFixed(0)
  return text === '-0.0' ? '0.0' : text
}
