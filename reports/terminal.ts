// A result as a person reads it in a terminal: the verdict first, then problems with why, evidence and fix. Pure.
import type { Finding, HostRecord, Result } from '../harness/result/schema.ts'
import { baselineLines } from './baseline.ts'
import { renderCapacity } from './capacity.ts'
import { amount } from './figures.ts'
import { fewProblems, holds, problems, remarks } from './finding-blocks.ts'
import { behavesLike, likenessText, looksLike } from './judgement.ts'
import { english } from './language/language.ts'
import { renderLoad } from './load.ts'
import { measuredLines } from './measured.ts'
import { leftOut, notTested } from './not-tested.ts'
import { block, type Page, page } from './page.ts'
import { columns, printable } from './plain-text.ts'
import { type Counts, type Tally, tally } from './tally.ts'
import { count, type Headline, headline, loud, type Word, worded, wordsForMissing } from './words.ts'

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

/** So many observations are shown with their titles. */
const fewObservations = 8

export function renderTerminal(result: Result, options: TerminalOptions): string {
  const out = page(options)
  if (result.reference) {
    out.add(0, loud, out.paint.bold)
    out.blank()
  }
  if (result.load !== undefined) renderLoad(out, result, result.load, options)
  else if (result.capacity !== undefined) renderCapacity(out, result, result.capacity, options)
  else for (const host of result.hosts) renderHost(out, result, host, options)
  if (result.hosts.length === 0) out.add(0, 'No host was checked.')
  if (result.baseline !== undefined && !options.quiet) baselineLines(out, result.baseline)
  const { exitCode, reason } = result.gate
  out.add(0, `exit ${exitCode}: ${printable(reason)}`, exitCode === 0 ? out.paint.dim : out.paint.bold)
  if (result.load === undefined && result.capacity === undefined && !options.quiet)
    out.add(0, `${choiceOf(result)}, seed ${result.seed}, chatmail-check ${result.tool.version}`, out.paint.dim)
  if (result.reference) out.add(0, loud, out.paint.bold)
  return out.text()
}

function renderHost(out: Page, result: Result, host: HostRecord, options: TerminalOptions): void {
  const findings = result.findings.filter((finding) => finding.host === host.label)
  const counted = tally(findings)
  head(out, result, host, headline(result, host.label))
  summary(out, result, host, counted)
  if (options.quiet) return
  const of = (word: Word): Finding[] => worded(result, findings, word)
  overview(out, counted, of('PROBLEM'))
  problems(out, of('PROBLEM'), options)
  diagnosis(out, host)
  remarks(out, of('REMARK'), options)
  notTested(out, of('NOT TESTED'), options.verbose === true)
  observations(out, result, host, options.verbose === true)
  if (options.verbose) holds(out, of('OK'))
  leftOut(out, counted.unasked, host.label, result.reference)
  if (findings.length > 0 && !result.reference) {
    if (counted.unasked.length === 0) out.blank()
    out.add(0, `Used: ${spending(host, result.options.accountsGiven === true)}.`, out.paint.dim, 4)
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

function summary(out: Page, result: Result, host: HostRecord, { required, further }: Tally): void {
  if (required.all + further.all === 0) {
    for (const note of host.notes) out.add(2, printable(note), undefined, 4)
    if (host.notes.length === 0) out.add(2, 'Not one check was run.')
    for (const line of placesOf(host)) out.add(2, line, undefined, 4)
  } else {
    out.add(2, points(required, further), undefined, 4)
    for (const line of measuredLines(result, host)) out.add(line.startsWith(' ') ? 4 : 2, line, undefined, 4)
    const make = looksLike(host)
    if (make !== undefined) out.add(2, english.say(make.text, make.values), undefined, 4)
    for (const note of host.notes) out.add(2, `note: ${printable(note)}`, out.paint.dim, 8)
  }
}

/** What would explain the problems; a guess, and no verdict. */
function diagnosis(out: Page, host: HostRecord): void {
  for (const likeness of behavesLike(host)) {
    out.blank()
    out.add(0, likenessText(likeness), undefined, 4)
    for (const defect of likeness.defects) block(out, 'more', `chatmail-check explain ${defect}`)
  }
}

/** Where it goes wrong, when the problems fill more than a screen, and what was looked at. */
function overview(out: Page, { areas }: Tally, problems: readonly Finding[]): void {
  if (problems.length > fewProblems) {
    const wrong = areas.flatMap(({ area }) => {
      const n = problems.filter((finding) => finding.area === area).length
      return n === 0 ? [] : [`${printable(area, 40)} ${n}`]
    })
    out.labelled('PROBLEM', out.paint.red, wrong.join(', '), 2)
  }
  const fine = areas
    .filter(({ held }) => held > 0)
    .map(({ area, held, all }) => `${printable(area, 40)} ${held === all ? held : `${held} of ${all}`}`)
  if (fine.length > 0) out.labelled('OK', out.paint.green, fine.join(', '), 2)
}

function points(required: Counts, further: Counts): string {
  const { all, held, failed, undecided } = required
  const hold = (counts: Counts) => (counts.held === 1 || counts.all === 1 ? 'holds' : 'hold')
  const parts = all === 0 ? [] : [`${held} of ${count(all, 'required point')} ${hold(required)}`]
  if (failed > 0) parts.push(`${failed} ${failed === 1 ? 'does' : 'do'} not`)
  if (undecided > 0) parts.push(`${undecided} undecided`)
  parts.push(...untested(required))
  const others = further.all === 0 ? '' : `${further.held} of ${count(further.all, 'further one')}`
  return [parts.join(', '), all === 0 ? `${others} ${hold(further)}` : others].filter((part) => part !== '').join('; ')
}

/** So many reasons are named in the line that comes first. */
const reasonsNamed = 2

/** `14 need outgoing port 25 (…), 3 not tested` */
function untested({ outOfReach, missing }: Counts): readonly string[] {
  const named = missing.slice(0, reasonsNamed)
  const rest = outOfReach - named.reduce((sum, { n }) => sum + n, 0)
  const needs = named.map(({ what, n }) => `${n} ${n === 1 ? 'needs' : 'need'} ${wordsForMissing(what)}`)
  return rest > 0 ? [...needs, `${rest} not tested`] : needs
}

/** Where the services were looked for, when there was nothing to check. */
function placesOf({ candidates }: HostRecord): readonly string[] {
  return candidates.map(({ service, place, outcome, detail }) =>
    printable(detail === undefined ? `${service} at ${place}: ${outcome}` : `${service}: ${detail}`),
  )
}

function spending({ spent }: HostRecord, given: boolean): string {
  const reused = spent.reusedAccounts === 0 ? '' : ` and ${spent.reusedAccounts} of before`
  const accounts = given
    ? count(spent.reusedAccounts, 'given account')
    : `${count(spent.freshAccounts, 'new account')}${reused}`
  return `${accounts}, ${count(spent.messages, 'message')}, ${count(spent.connections, 'connection')}`
}

/** What was seen, a line each; many of them as `id value`, one paragraph an area. */
function observations(out: Page, result: Result, host: HostRecord, verbose: boolean): void {
  const seen = result.observations.filter((item) => item.host === host.label)
  if (seen.length > 0) out.blank()
  if (verbose || seen.length <= fewObservations) {
    for (const { title, value, unit } of seen)
      out.add(0, `Seen: ${printable(title, 120)}: ${printable(shownValue(value, unit), 240)}`, undefined, 4)
    return
  }
  const areas = new Map<string, string[]>()
  for (const { id, value, unit } of seen) {
    const [area = '', name = id] = printable(id, 100).split('/')
    areas.set(area, [...(areas.get(area) ?? []), `${name}: ${printable(shownValue(value, unit), 80)}`])
  }
  for (const [area, values] of areas) out.add(0, `Seen in ${area}: ${values.join('; ')}`, undefined, 4)
  out.add(0, '(--verbose says what they mean)', out.paint.dim)
}

function shownValue(value: Result['observations'][number]['value'], unit = ''): string {
  if (typeof value === 'number') return amount(value, unit)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? 'unknown' : `${value} ${unit}`.trimEnd()
}
