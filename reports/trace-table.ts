// The table of a trace: a column a stage, a row a message, and the middle and the high end of each over all. At most 80
// columns wide. Used by the report of a trace and by its live display.
import { percentile } from '../harness/result/statistics.ts'
import {
  type Diagnosis,
  type LogEntry,
  type StageName,
  stageNames,
  type TracedMessage,
} from '../harness/result/trace.ts'
import type { Paint } from './paint.ts'
import { printable } from './plain-text.ts'
import { high, lengthOf, shortTime, stageWords, totalOf } from './trace-words.ts'

type Cells = Partial<Record<StageName | 'total', string>>

const columns = [...stageNames, 'total'] as const
const labelWidth = 9

const kindWords = { cold: 'cold', warm: 'warm', rested: 'idle' } as const

export interface TableStyle {
  readonly paint: Paint
  readonly width: number
  /** What stands out. */
  readonly slowest: Diagnosis['slowest']
}

export function tableHead({ paint }: TableStyle): string {
  const heads = columns.map((name) => (name === 'total' ? name : stageWords[name].head))
  return paint.dim(`${' '.repeat(labelWidth)}${heads.map((head) => head.padStart(widthOf(head) + 1)).join('')}`)
}

/** `p50` and `p95` (or `max`) of each stage; nothing of no messages. */
export function summaryRows(messages: readonly TracedMessage[], style: TableStyle): readonly string[] {
  const samples = new Map<keyof Cells, number[]>()
  const add = (name: keyof Cells, ms: number) => samples.set(name, [...(samples.get(name) ?? []), ms])
  for (const message of messages) {
    for (const stage of message.stages) add(stage.name, lengthOf(stage))
    const total = totalOf(message)
    if (total !== undefined) add('total', total)
  }
  if (samples.size === 0) return []
  const cells = (of: (ms: readonly number[]) => number): Cells =>
    Object.fromEntries([...samples].map(([name, ms]) => [name, shortTime(of(ms))]))
  const { word } = high(samples.get('mail') ?? [])
  return [
    style.paint.bold(
      row(
        '  p50',
        cells((ms) => percentile(ms, 50)),
        { ...style, slowest: undefined },
      ),
    ),
    row(
      `  ${word}`,
      cells((ms) => (word === 'p95' ? percentile(ms, 95) : Math.max(...ms))),
      style,
    ),
  ]
}

/** One message: its own row, that of the reader's session where it was new, and what the server's log says. */
export function messageRows(message: TracedMessage, style: TableStyle): readonly string[] {
  const { number, kind, outcome, reason, stages, reader, waited, log } = message
  const total = totalOf(message)
  const label = `${String(number).padStart(4)} ${kindWords[kind]}`
  const cells = { ...cellsOf(stages), total: total === undefined ? outcome : shortTime(total) }
  const aside = (text: string) =>
    style.paint.dim(cut(`${' '.repeat(labelWidth)}  ${printable(text, 300)}`, style.width))
  return [
    row(label, cells, style),
    ...(reader.length > 0 ? [row('     imap', cellsOf(reader), style)] : []),
    ...(reason === undefined ? [] : [aside(reason)]),
    ...(waited > 0 ? [aside(`waited ${Math.round(waited / 1_000)} s because the server asked us to slow down`)] : []),
    ...log.map((entry) => aside(logText(entry))),
  ]
}

/** What the letters in rows of the log mean. */
export const logLegend = 'a: before the queue manager, b: in it, c: connecting, d: transmission; ms, as Postfix counts'

function logText({ program, text, delays, after }: LogEntry): string {
  const parts = delays?.map((ms, at) => `${'abcd'[at]} ${shortTime(ms)}`) ?? []
  const since = after === undefined || delays !== undefined ? '' : `after ${shortTime(after)} ms, `
  return `${program}  ${[...parts, `${since}${text}`].join('  ')}`
}

function cellsOf(stages: TracedMessage['stages']): Cells {
  return Object.fromEntries(stages.map((stage) => [stage.name, shortTime(lengthOf(stage))]))
}

function row(label: string, cells: Cells, { paint, slowest }: TableStyle): string {
  const shown = columns.map((name) => {
    const cell = ` ${(cells[name] ?? '').padStart(widthOf(name === 'total' ? name : stageWords[name].head))}`
    return slowest?.slow && slowest.stage === name && cells[name] !== undefined ? paint.yellow(cell) : cell
  })
  return `${label.padEnd(labelWidth)}${shown.join('')}`.trimEnd()
}

function widthOf(head: string): number {
  return Math.max(4, head.length)
}

function cut(text: string, width: number): string {
  return text.length > width - 1 ? `${text.slice(0, width - 4)}...` : text
}
