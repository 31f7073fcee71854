// A load run as a person reads it in a terminal: the verdict, what arrived and how fast, what was not kept, and whether the
// machine that drove it kept up. Pure. Used by the terminal renderer.
import type { LoadRecord } from '../harness/result/load-schema.ts'
import type { Result } from '../harness/result/schema.ts'
import { amount } from './figures.ts'
import { loadAnswers } from './load-answers.ts'
import type { Page } from './page.ts'
import { columns, printable } from './plain-text.ts'
import { serverLines } from './server-lines.ts'
import { count } from './words.ts'

const words = {
  pass: 'PASSED',
  fail: 'FAILED',
  invalid: 'INVALID: this says nothing about the server',
  interrupted: 'INTERRUPTED',
  aborted: 'ENDED BY THE SCENARIO',
} as const

const short = { med: 'p50', 'p(95)': 'p95', 'p(99)': 'p99', max: 'max' } as const

/** So many different errors of iterations are shown. */
const fewErrors = 5

export function renderLoad(
  out: Page,
  result: Result,
  load: LoadRecord,
  { quiet, verbose }: { readonly quiet?: boolean; readonly verbose?: boolean },
): void {
  head(out, result, load)
  if (load.stopped !== undefined) out.add(2, `ended early: ${printable(load.stopped)}`, undefined, 4)
  if (load.marked !== undefined) out.add(2, `failed, says the scenario: ${printable(load.marked, 300)}`, undefined, 4)
  messages(out, load)
  if (quiet) return
  for (const note of new Set(result.hosts.flatMap(({ notes }) => notes)))
    out.add(2, `note: ${printable(note)}`, undefined, 4)
  thresholds(out, load, verbose === true)
  errors(out, load)
  driver(out, load)
  if (load.server !== undefined) {
    const messages = load.metrics.messages_received?.values.count ?? 0
    serverLines(out, load.server, { messages, connections: result.hosts[0]?.budget.connections })
  }
  if (verbose) metrics(out, load)
  out.blank()
}

function head(out: Page, result: Result, load: LoadRecord): void {
  const { paint, width } = out
  const color = load.verdict === 'pass' ? paint.green : load.verdict === 'fail' ? paint.red : paint.yellow
  const label = `${printable(load.scenario, 60)} on ${printable(hostsOf(result), 200)}`
  const time = `${load.seconds.toFixed(1)} s`
  const text = words[load.verdict]
  const gap = width - columns(`${label}  ${text}`) - columns(time)
  if (gap >= 2) out.raw(`${paint.bold(label)}  ${paint.bold(color(text))}${' '.repeat(gap)}${paint.dim(time)}`)
  else {
    out.add(0, label, paint.bold)
    out.add(2, `${text}  (${time})`, (shown) => paint.bold(color(shown)))
  }
}

/** `a.example`, or `a.example -> b.example`. */
function hostsOf({ hosts }: Result): string {
  return hosts.length === 0 ? 'no host' : hosts.map(({ label }) => label).join(' -> ')
}

function messages(out: Page, load: LoadRecord): void {
  const values = (name: string) => load.metrics[name]?.values
  const total = (name: string) => values(name)?.count ?? 0
  const due = values('messages_due')
  if (due === undefined) {
    const { count: done = 0, rate = 0 } = values('iterations') ?? {}
    out.add(2, `${count(done, 'iteration')}, ${rate.toFixed(1)} a second`)
    for (const line of loadAnswers(load)) out.add(2, line, undefined, 4)
    limits(out, total('limits_hit'), '')
    return
  }
  const { count: ordered = 0 } = due
  out.add(
    2,
    `${count(ordered, 'message')} due, ${total('messages_sent')} taken, ${total('messages_received')} arrived`,
    undefined,
    4,
  )
  const delay = values('delivery_duration')
  if (delay !== undefined && delay.count !== 0) {
    const shown = (['med', 'p(95)', 'p(99)', 'max'] as const).map(
      (key) => `${short[key]} ${amount(delay[key] ?? 0, 'ms')}`,
    )
    out.add(2, `from due to there: ${shown.join(', ')}`, undefined, 4)
    stall(out, delay['p(90)'] ?? 0, values('delivery_duration_closed')?.['p(90)'] ?? 0)
  }
  const wrong = ['lost', 'duplicated', 'leaked', 'corrupted', 'reordered'].map(
    (what) => `${what} ${total(`messages_${what}`)}`,
  )
  const late = total('messages_late')
  out.add(
    2,
    `${wrong.join(', ')}${late === 0 ? '' : `; ${late} of the lost came after they had been given up`}`,
    undefined,
    4,
  )
  for (const line of loadAnswers(load)) out.add(2, line, undefined, 4)
  limits(out, total('limits_hit'), '; more accounts would help')
}

function limits(out: Page, times: number, advice: string): void {
  if (times === 0) return
  const text = `turned away by limits of the server ${times} times: that is neither slow nor wrong${advice}`
  out.add(2, text, out.paint.yellow, 4)
}

/** Where messages waited to be sent, what a test would have said that waits with them. */
function stall(out: Page, due: number, closed: number): void {
  if (due < 100 || closed > due / 2) return
  const text = `p90 ${amount(due, 'ms')}; a test that sends a message when the last one is there would say ${amount(closed, 'ms')}`
  out.add(2, text, undefined, 4)
}

function thresholds(out: Page, load: LoadRecord, all: boolean): void {
  const of = (verdict: string) => load.thresholds.filter((one) => one.verdict === verdict)
  out.blank()
  if (load.verdict !== 'pass' && load.verdict !== 'fail') {
    const seen = load.thresholds.map(
      ({ metric, threshold, value }) => `${metric} ${threshold}${value === undefined ? '' : ` (was ${figure(value)})`}`,
    )
    out.labelled('NOT JUDGED', out.paint.yellow, seen.join(', '))
    return
  }
  for (const { metric, threshold, value = 0 } of of('fail')) {
    out.labelled('PROBLEM', out.paint.red, `${metric} ${threshold}  (was ${figure(value)})`)
  }
  for (const { metric, threshold } of of('no-data')) {
    out.labelled('NO DATA', out.paint.yellow, `${metric} ${threshold}  (nothing was measured, so it is not passed)`)
  }
  const kept = of('pass')
  if (all)
    for (const { metric, threshold, value = 0 } of kept)
      out.labelled('OK', out.paint.green, `${metric} ${threshold}  (was ${figure(value)})`)
  else if (kept.length > 0)
    out.labelled('OK', out.paint.green, kept.map(({ metric, threshold }) => `${metric} ${threshold}`).join(', '))
}

function errors(out: Page, load: LoadRecord): void {
  if (load.errors.length === 0) return
  out.blank()
  const most = [...load.errors].sort((a, b) => b.count - a.count)
  for (const { message, count: times } of most.slice(0, fewErrors)) {
    out.add(0, `${times} times an iteration ended with: ${printable(message, 300)}`, undefined, 4)
  }
  if (most.length > fewErrors) out.add(0, `and ${most.length - fewErrors} other errors`)
}

function driver(out: Page, load: LoadRecord): void {
  out.blank()
  const lag = load.metrics.driver_start_lag?.values['p(99)'] ?? 0
  const busy = load.metrics.driver_event_loop_utilization?.values.max ?? 0
  const text = `this machine: ${count(load.virtualUsers, 'virtual user')} on ${count(load.threads, 'thread')}, busy ${Math.round(busy * 100)} % at most, starts late by ${amount(lag, 'ms')} (p99)`
  out.add(0, text, out.paint.dim, 4)
  const able = load.validity.find(({ gate }) => gate === 'calibration')
  if (able?.holds) {
    const why = able.evidence === undefined ? '' : ` (${printable(able.evidence)})`
    out.add(4, `it could drive at least ${count(able.value, 'message')} a second${why}`, out.paint.dim, 4)
  }
  for (const { gate, value, wanted, advice, evidence } of load.validity.filter(({ holds }) => !holds)) {
    const from = evidence === undefined ? '' : ` (${printable(evidence)})`
    const text = `${gate} was ${figure(value)}${from}, wanted ${wanted}: ${printable(advice)}`
    out.labelled('INVALID', out.paint.yellow, text)
  }
}

function metrics(out: Page, load: LoadRecord): void {
  out.blank()
  for (const [name, { values }] of Object.entries(load.metrics)) {
    const shown = Object.entries(values).map(([key, value]) => `${key}=${figure(value)}`)
    out.add(0, `${name}  ${shown.join(' ')}`, out.paint.dim, 4)
  }
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4)
}
