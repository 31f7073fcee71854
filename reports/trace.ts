// A trace as a person reads it in a terminal: figures, the slow stage in the third line with what to do about it, then the
// table. Pure; the live display draws the same.
import { percentile } from '../harness/result/statistics.ts'
import type { Advice, StageName, Trace, TracedMessage } from '../harness/result/trace.ts'
import { block, type Page, page } from './page.ts'
import { printable } from './plain-text.ts'
import { logLegend, messageRows, summaryRows, type TableStyle, tableHead } from './trace-table.ts'
import { typical, waterfall } from './trace-waterfall.ts'
import { high, longTime, stageWords, totalOf } from './trace-words.ts'
import { count } from './words.ts'

export interface TraceStyle {
  readonly color: boolean
  /** Columns; below 40 is treated as 40, above 120 as 120. */
  readonly width: number
}

const fixLabels: Readonly<Record<string, string>> = {
  any: '',
  relay: 'chatmail relay: ',
  madmail: 'madmail: ',
  'postfix-dovecot': 'Postfix and Dovecot: ',
}

export function renderTrace(trace: Trace, style: TraceStyle): string {
  const out = page(style)
  head(out, trace)
  for (const advice of trace.diagnosis.advice) explain(out, advice)
  out.blank()
  table(out, trace)
  for (const note of trace.notes) out.add(2, `note: ${printable(note)}`, out.paint.dim, 8)
  return out.text()
}

/** A trace as it is while it runs, on at most `height` lines: as many messages as fit, the last ones; no advice, no waterfall. */
export function renderLiveTrace(trace: Trace, style: TraceStyle & { readonly height: number }): string {
  const out = page(style)
  head(out, trace)
  out.blank()
  const table = tableStyle(out, trace)
  out.raw(tableHead(table))
  for (const row of summaryRows(trace.messages, table)) out.raw(row)
  const below = page(style)
  for (const note of trace.notes) below.raw(cut(`  note: ${printable(note)}`, out.width))
  const notes = trace.notes.length === 0 ? '' : below.text()
  let room = style.height - lines(out.text()) - lines(notes)
  const shown: string[] = []
  for (const message of trace.messages.toReversed()) {
    const rows = messageRows(message, table)
    room -= rows.length
    if (room < 0) break
    shown.unshift(...rows)
  }
  for (const row of shown) out.raw(row)
  return `${out.text()}${notes}`
}

function lines(text: string): number {
  return text.split('\n').length - 1
}

/** One line each, so that the third names the stage. */
function head(out: Page, trace: Trace): void {
  const { paint, width } = out
  const ends = trace.from.label === trace.to.label ? trace.from.label : `${trace.from.label} to ${trace.to.label}`
  const stopped = trace.complete ? '' : ', stopped'
  const sent = `  ${count(trace.messages.length, 'message')}, one at a time${stopped}`
  const label = cut(printable(ends), width - sent.length)
  out.raw(`${paint.bold(label)}${sent}`)
  out.raw(`  ${cut(figures(trace), width - 2)}`)
  const { slowest } = trace.diagnosis
  const worst = trace.messages.find(({ reason }) => reason !== undefined)?.reason
  const stuck = stuckAt(trace.messages)
  if (stuck !== undefined)
    out.labelled('LATE', paint.yellow, `${stageWords[stuck].long}: never came, or too late, for most`, 2)
  else if (slowest === undefined)
    out.add(2, `nothing was measured${worst === undefined ? '' : `: ${printable(worst, 200)}`}`, undefined, 4)
  else {
    const { stage, side, median, longest, slow } = slowest
    const session = side === 'reader' && stage !== 'fetch' ? ", the reader's session" : ''
    const text = `${stageWords[stage].long}${session}: p50 ${longTime(median)}, max ${longTime(longest)}`
    if (slow) out.labelled('SLOW', paint.yellow, `${text}, without the network`, 2)
    else out.add(2, `no stage is slow; most takes ${text}`, undefined, 4)
  }
}

/** What most messages waited for in vain; undefined where most arrived. */
function stuckAt(messages: readonly TracedMessage[]): StageName | undefined {
  const late = messages.filter(({ outcome }) => outcome === 'late')
  if (late.length * 2 <= messages.length) return undefined
  const noticed = late.filter(({ stages }) => stages.some(({ name }) => name === 'notify'))
  return noticed.length * 2 > late.length ? 'fetch' : 'notify'
}

function figures({ messages, from, to }: Trace): string {
  const totals = messages.map(totalOf).filter((total) => total !== undefined)
  const parts: string[] = []
  if (totals.length > 0) {
    const { word, ms } = high(totals)
    parts.push(`total p50 ${longTime(percentile(totals, 50))}, ${word} ${longTime(ms)}`)
  }
  const late = messages.filter(({ outcome }) => outcome === 'late').length
  if (late > 0) parts.push(`${late} of ${messages.length} late or lost`)
  const trips = [from, to].flatMap(({ roundTrip }) => (roundTrip === undefined ? [] : [longTime(roundTrip)]))
  const [here, there] = trips
  if (here !== undefined)
    parts.push(
      `network ${from.label === to.label || there === undefined ? here : `${here} and ${there}`} there and back`,
    )
  return parts.join('; ')
}

function explain(out: Page, { text, fix }: Advice): void {
  block(out, 'may be', text)
  const fixes = Object.entries(fix)
  for (const [at, [make, words]] of fixes.entries())
    block(out, at === 0 ? 'fix' : '', `${fixLabels[make] ?? `${make}: `}${words}`)
}

function tableStyle(out: Page, { diagnosis }: Trace): TableStyle {
  return { paint: out.paint, width: out.width, slowest: diagnosis.slowest }
}

function table(out: Page, trace: Trace): void {
  const { messages, diagnosis } = trace
  if (messages.length === 0) return
  const style = tableStyle(out, trace)
  out.raw(tableHead(style))
  for (const row of summaryRows(messages, style)) out.raw(row)
  for (const message of messages) for (const row of messageRows(message, style)) out.raw(row)
  out.add(0, 'ms where no unit stands; total: from MAIL to the whole message at the reader', out.paint.dim)
  if (messages.some(({ log }) => log.length > 0)) out.add(0, logLegend, out.paint.dim)
  const shown = typical(messages)
  if (!shown) return
  out.blank()
  out.add(0, `message ${shown.number}, stage by stage`)
  const slow = diagnosis.slowest?.slow ? diagnosis.slowest.stage : undefined
  for (const row of waterfall(shown, { paint: out.paint, width: out.width, slow })) out.raw(row)
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 3))}...` : text
}
