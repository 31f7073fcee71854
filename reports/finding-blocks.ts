// The parts of the terminal report about single findings: problems and remarks with why, evidence and fix, and what holds.
import type { Finding } from '../harness/result/schema.ts'
import { excerpt } from './excerpt.ts'
import { block, type Page } from './page.ts'
import { printable } from './plain-text.ts'
import { count, seenOf, type Word } from './words.ts'

export interface BlockOptions {
  readonly evidence?: 'failures' | 'all' | 'none'
  /** Every finding at length, also those that say the same as another. */
  readonly verbose?: boolean
}

/** Up to so many problems are shown at length. */
export const fewProblems = 3
/** So many that say the same are each shown all the same. */
const fewAlike = 3
/** Wire lines of one finding. */
const wireOfFew = 16
const wireOfMany = 6

/** Blank line, then each requirement with its checks, why and fix. */
export function problems(out: Page, findings: readonly Finding[], options: BlockOptions): void {
  const lines = findings.length > fewProblems ? wireOfMany : wireOfFew
  requirements(out, findings, 'PROBLEM', out.paint.red, options, lines)
}

/** The same for remarks; optional features that are missing for one and the same reason share a line. */
export function remarks(out: Page, findings: readonly Finding[], options: BlockOptions): void {
  const missing = new Map<string, Finding[]>()
  for (const finding of findings.filter(({ verdict }) => verdict === 'unsupported')) {
    const reason = seenOf(finding)
    missing.set(reason, [...(missing.get(reason) ?? []), finding])
  }
  const shared = [...missing].filter(([, group]) => group.length > 1)
  const together = new Set(shared.flatMap(([, group]) => group))
  requirements(
    out,
    findings.filter((finding) => !together.has(finding)),
    'REMARK',
    out.paint.yellow,
    options,
    wireOfMany,
  )
  if (shared.length > 0) out.blank()
  for (const [reason, group] of shared) {
    out.labelled('REMARK', out.paint.yellow, `${count(group.length, 'check')}: ${reason}`)
    out.add(4, group.map(({ check }) => printable(check, 100)).join(', '), out.paint.dim)
  }
}

function requirements(
  out: Page,
  findings: readonly Finding[],
  word: Word,
  color: (text: string) => string,
  options: BlockOptions,
  lines: number,
): void {
  const byRequirement = new Map<string, Finding[]>()
  for (const finding of findings) {
    const group = byRequirement.get(finding.requirement)
    if (group) group.push(finding)
    else byRequirement.set(finding.requirement, [finding])
  }
  const alike =
    options.verbose || options.evidence === 'all' ? new Map<Finding, Finding[]>() : sayTheSame(byRequirement)
  const told = new Set([...alike.values()].flat())
  for (const group of byRequirement.values()) {
    if (group.every((finding) => told.has(finding))) continue
    out.blank()
    const until = group[0]?.withheld
    if (until !== undefined) {
      out.labelled(
        word,
        color,
        `${count(group.length, 'point')} with security impact: withheld until ${printable(until)}`,
      )
      continue
    }
    for (const finding of group) one(out, finding, `${word}  `, color, options, lines)
    const first = group[0]
    if (!first) continue
    if (group.every((finding) => finding.verdict === 'tolerated')) continue
    if (first.why) block(out, 'why', first.why)
    if (first.fix) block(out, 'fix', first.fix)
    const others = alike.get(first)
    if (others) {
      const ids = others.map(({ check }) => printable(check, 100)).join(', ')
      block(out, 'also', `seen alike with the same fix in ${count(others.length, 'more check')} (--verbose): ${ids}`)
    }
    block(out, 'more', `chatmail-check explain ${first.requirement}`)
  }
}

/**
 * Requirements of one area with the same fix, of which the same was seen, stand under the first of them once they are many:
 * a server without a filter fails dozens of them in one way.
 */
function sayTheSame(byRequirement: ReadonlyMap<string, readonly Finding[]>): Map<Finding, Finding[]> {
  const byText = new Map<string, Finding[]>()
  for (const group of byRequirement.values()) {
    const [first] = group
    if (first === undefined || first.verdict !== 'fail' || first.withheld !== undefined || !first.fix) continue
    const keys = new Set(
      group.map((finding) => [finding.area, finding.level, first.fix, withoutNumbers(seenOf(finding))].join('\n')),
    )
    const [key] = keys
    if (key === undefined || keys.size > 1) continue
    byText.set(key, [...(byText.get(key) ?? []), ...group])
  }
  const many = [...byText.values()].filter((all) => new Set(all.map(({ requirement }) => requirement)).size > fewAlike)
  return new Map(
    many.flatMap(([first, ...others]) =>
      first ? [[first, others.filter(({ requirement }) => requirement !== first.requirement)] as const] : [],
    ),
  )
}

/** Queue IDs and the like differ from one message to the next. */
function withoutNumbers(text: string): string {
  return text.replace(/\b(?=\w*\d)\w{6,}\b/g, '*')
}

function one(
  out: Page,
  finding: Finding,
  word: string,
  color: (text: string) => string,
  options: BlockOptions,
  lines: number,
): void {
  const level = finding.verdict === 'fail' && finding.level !== 'must' ? `  (${finding.level})` : ''
  out.raw(`${color(out.paint.bold(word))}${out.paint.bold(printable(finding.check, 100))}${level}`)
  out.add(4, printable(finding.title))
  const reason = seenOf(finding)
  if (reason) block(out, finding.verdict === 'fail' ? 'seen' : 'note', reason)
  for (const note of finding.notes) block(out, 'note', note)
  if (options.evidence !== 'none' && finding.verdict === 'fail')
    wire(out, finding, options.evidence === 'all' ? Number.POSITIVE_INFINITY : lines)
}

function wire(out: Page, finding: Finding, most: number): void {
  const whole = { lines: finding.evidence, before: 0, after: 0 }
  const { lines, before, after } = Number.isFinite(most) ? excerpt(finding, most) : whole
  const several = new Set(lines.map((line) => line.connection)).size > 1
  lines.forEach((line, index) => {
    const shown = `${several ? `${line.connection} ` : ''}${line.direction} ${printable(line.text, 240)}`
    block(out, index === 0 ? 'wire' : '', shown, out.paint.dim, 2)
  })
  if (before + after === 0) return
  const left = [...(before > 0 ? [`${before} before`] : []), ...(after > 0 ? [`${after} after`] : [])].join(', ')
  block(out, '', `(${left}: chatmail-check report last --evidence all)`, out.paint.dim)
}

/** One line a check. */
export function holds(out: Page, findings: readonly Finding[]): void {
  if (findings.length > 0) out.blank()
  for (const finding of findings) {
    out.labelled('OK', out.paint.green, `${printable(finding.check, 100)}  ${printable(finding.title)}`)
  }
}
