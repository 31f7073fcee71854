// A result as a person reads it in a terminal: the verdict first, then problems with why, evidence and fix. Pure.
import type { Finding, HostRecord, Result } from '../harness/result/schema.ts'
import { excerpt } from './excerpt.ts'
import { amount } from './figures.ts'
import { measuredLines } from './measured.ts'
import { leftOut, notTested } from './not-tested.ts'
import { block, type Page, page } from './page.ts'
import { columns, printable } from './plain-text.ts'
import { type Counts, type Tally, tally } from './tally.ts'
import { count, type Headline, headline, seenOf, type Word, wordFor } from './words.ts'

export interface TerminalOptions {
  readonly color: boolean
  /** Columns; below 40 is treated as 40, above 120 as 120. */
  readonly width: number
  /** Wire lines under problems: a short excerpt, all that is recorded, or none. */
  readonly evidence?: 'failures' | 'all' | 'none'
  /** Also lists what holds, and every check that was not tested. */
  readonly verbose?: boolean
  /** The verdict lines alone. */
  readonly quiet?: boolean
}

/** Wire lines of one finding shown with `evidence: 'failures'`. */
const wireShown = 16

const loud = 'This is the built-in reference server. It says nothing about your relay.'

export function renderTerminal(result: Result, options: TerminalOptions): string {
  const out = page(options)
  if (result.reference) {
    out.add(0, loud, out.paint.bold)
    out.blank()
  }
  for (const host of result.hosts) renderHost(out, result, host, options)
  if (result.hosts.length === 0) out.add(0, 'No host was checked.')
  const { exitCode, reason } = result.gate
  out.add(0, `exit ${exitCode}: ${printable(reason)}`, exitCode === 0 ? out.paint.dim : out.paint.bold)
  if (!options.quiet)
    out.add(0, `${choiceOf(result)}, seed ${result.seed}, chatmail-check ${result.tool.version}`, out.paint.dim)
  if (result.reference) out.add(0, loud, out.paint.bold)
  return out.text()
}

function renderHost(out: Page, result: Result, host: HostRecord, options: TerminalOptions): void {
  const findings = result.findings.filter((finding) => finding.host === host.label)
  const counted = tally(findings)
  head(out, result, host, headline(result, host.label))
  summary(out, result, host, counted, options.quiet === true)
  if (options.quiet) return
  const of = (word: Word): Finding[] => findings.filter((finding) => wordFor(finding, result.gate.failOn) === word)
  groups(out, of('PROBLEM'), 'PROBLEM', options)
  groups(out, of('REMARK'), 'REMARK', options)
  notTested(out, of('NOT TESTED'), options.verbose === true)
  observations(out, result, host)
  if (options.verbose) holds(out, of('OK'))
  leftOut(out, counted.unasked, host.label, result.reference)
  if (findings.length > 0 && !result.reference) {
    if (counted.unasked.length === 0) out.blank()
    out.add(0, `Used: ${spending(host)}.`, out.paint.dim, 4)
  }
  out.blank()
}

/** What was asked for: with patterns, they alone chose. */
function choiceOf({ profile, options }: Result): string {
  const patterns = (value: unknown): string => (Array.isArray(value) ? printable(value.join(','), 200) : '')
  const [only, skip] = [patterns(options.only), patterns(options.skip)]
  return `${only === '' ? `profile ${profile}` : `--only ${only}`}${skip === '' ? '' : `, --skip ${skip}`}`
}

function head(out: Page, result: Result, host: HostRecord, { verdict, text }: Headline): void {
  const { paint, width } = out
  const color = verdict === 'conforms' ? paint.green : verdict === 'fails' ? paint.red : paint.yellow
  const label = printable(host.label, 200)
  const time = `${(host.seconds ?? result.seconds).toFixed(1)} s`
  const line = `${label}  ${text}`
  const gap = width - columns(line) - columns(time)
  if (gap >= 2) out.raw(`${paint.bold(label)}  ${paint.bold(color(text))}${' '.repeat(gap)}${paint.dim(time)}`)
  else {
    out.add(0, label, paint.bold)
    out.add(2, `${text}  (${time})`, (shown) => paint.bold(color(shown)))
  }
}

function summary(out: Page, result: Result, host: HostRecord, counted: Tally, quiet: boolean): void {
  const { required, further, areas } = counted
  if (required.all + further.all === 0) {
    out.add(2, 'Not one check was run.')
    for (const line of placesOf(host)) out.add(2, line, undefined, 4)
  } else {
    out.add(2, points(required, further), undefined, 4)
    for (const line of measuredLines(result, host)) out.add(line.startsWith(' ') ? 4 : 2, line, undefined, 4)
  }
  for (const note of host.notes)
    if (!result.gate.reason.includes(note)) out.add(2, `note: ${printable(note)}`, out.paint.dim, 8)
  const ok = areas.filter(({ held }) => held > 0)
  if (quiet || ok.length === 0) return
  const shown = ok.map(({ area, held, all }) => `${printable(area, 40)} ${held === all ? held : `${held} of ${all}`}`)
  out.labelled('OK', out.paint.green, shown.join(', '), 2)
}

function points(required: Counts, further: Counts): string {
  const { all, held, failed, undecided, outOfReach } = required
  const holds = held === 1 || all === 1 ? 'holds' : 'hold'
  const parts = all === 0 ? [] : [`${held} of ${count(all, 'required point')} ${holds}`]
  if (failed > 0) parts.push(`${failed} ${failed === 1 ? 'does' : 'do'} not`)
  if (undecided > 0) parts.push(`${undecided} undecided`)
  if (outOfReach > 0) parts.push(`${outOfReach} not tested`)
  const others = further.all === 0 ? '' : `${further.held} of ${count(further.all, 'further one')}`
  return [parts.join(', '), all === 0 ? `${others} hold` : others].filter((part) => part !== '').join('; ')
}

/** Where the services were looked for, when there was nothing to check. */
function placesOf({ candidates }: HostRecord): readonly string[] {
  return candidates.map(({ service, place, outcome, detail }) =>
    printable(detail === undefined ? `${service} at ${place}: ${outcome}` : `${service}: ${detail}`),
  )
}

function spending({ spent }: HostRecord): string {
  const accounts = count(spent.freshAccounts, 'new account')
  const reused = spent.reusedAccounts === 0 ? '' : ` and ${spent.reusedAccounts} of before`
  return `${accounts}${reused}, ${count(spent.messages, 'message')}, ${count(spent.connections, 'connection')}`
}

function groups(out: Page, findings: readonly Finding[], word: Word, options: TerminalOptions): void {
  const byRequirement = new Map<string, Finding[]>()
  for (const finding of findings) {
    const group = byRequirement.get(finding.requirement)
    if (group) group.push(finding)
    else byRequirement.set(finding.requirement, [finding])
  }
  const color = word === 'PROBLEM' ? out.paint.red : out.paint.yellow
  for (const group of byRequirement.values()) {
    out.blank()
    for (const finding of group) one(out, finding, `${word}  `, color, options)
    const first = group[0]
    if (!first) continue
    if (group.every((finding) => finding.verdict === 'tolerated')) continue
    if (first.why) block(out, 'why', first.why)
    if (first.fix) block(out, 'fix', first.fix)
    block(out, 'more', `chatmail-check explain ${first.requirement}`)
  }
}

function one(
  out: Page,
  finding: Finding,
  word: string,
  color: (text: string) => string,
  options: TerminalOptions,
): void {
  const level = finding.verdict === 'fail' && finding.level !== 'must' ? `  (${finding.level})` : ''
  out.raw(`${color(out.paint.bold(word))}${out.paint.bold(finding.check)}${level}`)
  out.add(4, printable(finding.title))
  const reason = seenOf(finding)
  if (reason) block(out, finding.verdict === 'fail' ? 'seen' : 'note', reason)
  for (const note of finding.notes) block(out, 'note', note)
  if (options.evidence !== 'none' && finding.verdict === 'fail') wire(out, finding, options.evidence === 'all')
}

function wire(out: Page, finding: Finding, all: boolean): void {
  const { lines, before, after } = all ? { lines: finding.evidence, before: 0, after: 0 } : excerpt(finding, wireShown)
  const several = new Set(lines.map((line) => line.connection)).size > 1
  lines.forEach((line, index) => {
    const shown = `${several ? `${line.connection} ` : ''}${line.direction} ${printable(line.text, 240)}`
    block(out, index === 0 ? 'wire' : '', shown, out.paint.dim, 2)
  })
  if (before + after === 0) return
  const left = [...(before > 0 ? [`${before} before`] : []), ...(after > 0 ? [`${after} after`] : [])].join(', ')
  block(out, '', `(${left}: chatmail-check report last --evidence all)`, out.paint.dim)
}

function observations(out: Page, result: Result, host: HostRecord): void {
  const seen = result.observations.filter((item) => item.host === host.label)
  if (seen.length > 0) out.blank()
  for (const { title, value, unit } of seen) {
    out.add(0, `Seen: ${printable(title, 120)}: ${printable(shownValue(value, unit), 240)}`, undefined, 4)
  }
}

function shownValue(value: Result['observations'][number]['value'], unit = ''): string {
  if (typeof value === 'number') return amount(value, unit)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? 'unknown' : `${value} ${unit}`.trimEnd()
}

function holds(out: Page, findings: readonly Finding[]): void {
  if (findings.length > 0) out.blank()
  for (const finding of findings) {
    out.labelled('OK', out.paint.green, `${finding.check}  ${printable(finding.title)}`)
  }
}
