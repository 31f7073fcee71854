// A result as a person reads it in a terminal: the verdict first, then problems with why, evidence and fix. Pure.
import type { Finding, HostRecord, Result } from '../harness/result/schema.ts'
import { excerpt } from './excerpt.ts'
import { amount, losses, spread } from './figures.ts'
import { block, type Page, page } from './page.ts'
import { columns, printable } from './plain-text.ts'
import { count, type Headline, headline, type Word, wordFor } from './words.ts'

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

/** Ids listed under one NOT TESTED reason unless verbose. */
const idsShown = 6
/** Samples from which a loss of none is worth its bound. */
const lossFrom = 10
/** Wire lines of one finding shown with `evidence: 'failures'`. */
const wireShown = 16

export function renderTerminal(result: Result, options: TerminalOptions): string {
  const out = page(options)
  if (result.reference) {
    out.add(0, 'This is the built-in reference server. It says nothing about your relay.')
    out.blank()
  }
  for (const host of result.hosts) renderHost(out, result, host, options)
  if (result.hosts.length === 0) out.add(0, 'No host was checked.')
  const { exitCode, reason } = result.gate
  out.add(0, `exit ${exitCode}: ${printable(reason)}`, exitCode === 0 ? out.paint.dim : out.paint.bold)
  if (!options.quiet)
    out.add(0, `profile ${result.profile}, seed ${result.seed}, chatmail-check ${result.tool.version}`, out.paint.dim)
  return out.text()
}

function renderHost(out: Page, result: Result, host: HostRecord, options: TerminalOptions): void {
  const findings = result.findings.filter((finding) => finding.host === host.label)
  head(out, result, host, headline(result, host.label))
  summary(out, result, host, findings)
  if (options.quiet) return
  const of = (word: Word): Finding[] => findings.filter((finding) => wordFor(finding, result.gate.failOn) === word)
  groups(out, of('PROBLEM'), 'PROBLEM', options)
  groups(out, of('REMARK'), 'REMARK', options)
  notTested(out, of('NOT TESTED'), options)
  observations(out, result, host)
  if (options.verbose) holds(out, of('OK'))
  out.blank()
}

function head(out: Page, result: Result, host: HostRecord, { verdict, text }: Headline): void {
  const { paint, width } = out
  const color = verdict === 'conforms' ? paint.green : verdict === 'fails' ? paint.red : paint.yellow
  const label = printable(host.label, 200)
  const time = `${result.seconds.toFixed(1)} s`
  const line = `${label}  ${text}`
  const gap = width - columns(line) - columns(time)
  if (gap >= 2) out.raw(`${paint.bold(label)}  ${paint.bold(color(text))}${' '.repeat(gap)}${paint.dim(time)}`)
  else {
    out.add(0, label, paint.bold)
    out.add(2, `${text}  (${time})`, (shown) => paint.bold(color(shown)))
  }
}

function summary(out: Page, result: Result, host: HostRecord, findings: readonly Finding[]): void {
  const must = findings.filter((finding) => finding.level === 'must')
  const held = must.filter((finding) => finding.verdict === 'pass' || finding.verdict === 'tolerated').length
  const failed = must.filter((finding) => finding.verdict === 'fail').length
  const open = must.length - held - failed
  if (findings.length === 0) out.add(2, 'Not one check was run.')
  else {
    const parts = [`${held} of ${count(must.length, 'required point')} ${held === 1 ? 'holds' : 'hold'}`]
    if (failed > 0) parts.push(`${failed} ${failed === 1 ? 'does' : 'do'} not`)
    if (open > 0) parts.push(`${open} not tested`)
    const others = findings.filter((finding) => finding.level !== 'must' && finding.verdict !== 'skipped').length
    if (others > 0) parts.push(`${count(others, 'further point')} looked at`)
    out.add(2, parts.join(', '))
  }
  for (const measurement of result.measurements.filter((item) => item.host === host.label)) {
    const network =
      host.roundTrip === undefined || measurement.unit !== 'ms' ? '' : `; network ${amount(host.roundTrip, 'ms')}`
    const loss = measurement.samples.length >= lossFrom || measurement.censored > 0 ? `; ${losses(measurement)}` : ''
    out.add(2, `${printable(measurement.title, 80)}: ${spread(measurement)}${network}${loss}`, undefined, 4)
  }
  for (const note of host.notes)
    if (!result.gate.reason.includes(note)) out.add(2, `note: ${printable(note)}`, out.paint.dim, 8)
  if (findings.length > 0) {
    if (!result.reference) out.add(2, `used: ${spending(host)}`, out.paint.dim, 4)
    return
  }
  for (const { service, place, outcome, detail } of host.candidates) {
    out.add(
      2,
      printable(detail === undefined ? `${service} at ${place}: ${outcome}` : `${service}: ${detail}`),
      undefined,
      4,
    )
  }
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
  const reason = reasonOf(finding)
  if (reason) block(out, finding.verdict === 'fail' ? 'seen' : 'note', reason)
  for (const note of finding.notes) block(out, 'note', note)
  if (options.evidence !== 'none' && finding.verdict === 'fail') wire(out, finding, options.evidence === 'all')
}

function reasonOf(finding: Finding): string {
  const reason = printable((finding.reason ?? '').split('\n')[0] ?? '', 400)
  const listed = finding.knownFailing
  if (!listed) return finding.verdict === 'unsupported' ? `not offered: ${reason}` : reason
  const until = listed.until === undefined ? '' : ` until ${listed.until}`
  if (finding.verdict === 'fail') {
    return listed.expired
      ? `${reason} (was listed as known failing${until}; that date has passed)`
      : `${reason} (known failing${until}: ${printable(listed.reason, 200)})`
  }
  if (finding.verdict === 'pass' || finding.verdict === 'tolerated') {
    return `passes, but is listed as known failing (${printable(listed.reason, 200)}): take it off the list`
  }
  return reason
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

function notTested(out: Page, findings: readonly Finding[], options: TerminalOptions): void {
  const byReason = new Map<string, string[]>()
  for (const finding of findings) {
    const reason = printable((finding.reason ?? 'no reason given').split('\n')[0] ?? '', 400)
    const key = finding.verdict === 'error' ? `an error of chatmail-check itself, please report it: ${reason}` : reason
    const ids = byReason.get(key)
    if (ids) ids.push(finding.check)
    else byReason.set(key, [finding.check])
  }
  if (byReason.size > 0) out.blank()
  for (const [reason, ids] of byReason) {
    const shown = options.verbose ? ids : ids.slice(0, idsShown)
    const more = ids.length > shown.length ? ` and ${ids.length - shown.length} more (--verbose lists them)` : ''
    out.labelled('NOT TESTED', out.paint.cyan, `${count(ids.length, 'check')}: ${reason}`)
    out.add(4, `${shown.join(', ')}${more}`, out.paint.dim)
  }
}

function observations(out: Page, result: Result, host: HostRecord): void {
  const seen = result.observations.filter((item) => item.host === host.label)
  if (seen.length > 0) out.blank()
  for (const { title, value, unit } of seen) {
    out.add(2, `seen: ${printable(title, 120)}: ${printable(shownValue(value, unit), 240)}`, undefined, 8)
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
