// A result as Markdown: for a job summary, an issue or a chat. The verdict first, then the problems, then what is left. Pure.
import type { Finding, HostRecord, Result } from '../harness/result/schema.ts'
import { excerpt } from './excerpt.ts'
import { behavesLike, looksLike } from './judgement.ts'
import { measuredLines } from './measured.ts'
import { printable } from './plain-text.ts'
import { standing, tally } from './tally.ts'
import { count, headline, loud, seenOf, worded } from './words.ts'

/** Rows of a table: a summary may have 1 MiB, and nobody reads a thousand rows. */
const rows = 100
/** Problems whose wire lines are shown, and lines of one. */
const withWire = 10
const wireLines = 16

export function renderMarkdown(result: Result): string {
  const lines = result.reference ? [loud, ''] : []
  lines.push(...result.hosts.flatMap((host) => ofHost(result, host)))
  if (result.hosts.length === 0) lines.push('## No host was checked', '')
  lines.push(
    `<sub>exit ${result.gate.exitCode}: ${escaped(result.gate.reason)}; profile ${escaped(result.profile)}, seed ${result.seed}, chatmail-check ${escaped(result.tool.version)}</sub>`,
    '',
  )
  return `${lines.join('\n')}\n`
}

function ofHost(result: Result, host: HostRecord): readonly string[] {
  const findings = result.findings.filter((finding) => finding.host === host.label)
  const { required, further, unasked } = tally(findings)
  const problems = worded(result, findings, 'PROBLEM')
  const remarks = worded(result, findings, 'REMARK')
  const open = worded(result, findings, 'NOT TESTED').filter((finding) => standing(finding) === 'asked')
  const figures = measuredLines(result, host).map(
    (line) => `${line.startsWith(' ') ? '  ' : ''}- ${escaped(line.trim())}`,
  )
  return [
    `## ${escaped(host.label)}: ${headline(result, host.label).text}`,
    '',
    ...(required.all === 0 ? [] : [`- ${required.held} of ${count(required.all, 'required point')} held`]),
    ...(further.all === 0 ? [] : [`- ${further.held} of ${count(further.all, 'further point')} held`]),
    ...(open.length === 0 ? [] : [`- ${count(open.length, 'check')} not tested`]),
    ...(unasked.length === 0 ? [] : [`- ${count(unasked.length, 'check')} left out (profile, intrusive)`]),
    ...[looksLike(host) ?? [], behavesLike(host)[0]?.text ?? []].flat().map((line) => `- ${escaped(line)}`),
    ...(findings.length > 0 ? [] : host.notes.map((note) => `- ${escaped(note)}`)),
    '',
    ...table('Problem', problems),
    ...openTable(open.filter(({ verdict }) => verdict !== 'skipped')),
    ...(figures.length === 0 ? [] : [...figures, '']),
    ...folded('Evidence', problems.slice(0, withWire).flatMap(wire)),
    ...folded('Remarks', table('Remark', remarks)),
    ...folded('Not tested', openTable(open.filter(({ verdict }) => verdict === 'skipped'))),
  ]
}

/** The conversation of a problem, as code: nothing in it is Markdown. */
function wire(finding: Finding): readonly string[] {
  const { lines, before, after } = excerpt(finding, wireLines)
  if (lines.length === 0) return []
  const left = [...(before > 0 ? [`${before} before`] : []), ...(after > 0 ? [`${after} after`] : [])].join(', ')
  return [
    `\`${finding.check}\`${left === '' ? '' : ` (${left})`}`,
    '',
    // Four spaces make code whatever stands after them, so no fence can be closed from within.
    ...lines.map(({ connection, direction, text }) => `    ${connection} ${direction} ${printable(text, 240)}`),
    '',
  ]
}

function table(title: string, findings: readonly Finding[]): readonly string[] {
  const shown = findings.map((finding) => [
    `\`${finding.check}\``,
    ...[finding.title, seenOf(finding), finding.fix ?? ''].map(escaped),
  ])
  return ruled([title, 'what is wanted', 'seen', 'fix'], shown)
}

function openTable(findings: readonly Finding[]): readonly string[] {
  return ruled(
    ['Not tested', 'why'],
    findings.map((finding) => [`\`${finding.check}\``, escaped(seenOf(finding))]),
  )
}

function ruled(head: readonly string[], lines: readonly (readonly string[])[]): readonly string[] {
  if (lines.length === 0) return []
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const more = lines.length > rows ? ['', `and ${lines.length - rows} more`] : []
  return [row(head), row(head.map(() => '---')), ...lines.slice(0, rows).map(row), ...more, '']
}

function folded(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`<details><summary>${title}</summary>`, '', ...lines, '</details>', '']
}

/** Text of others as Markdown that shows it and nothing else. */
export function escaped(text: string): string {
  return printable(text, 300)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#!@]/g, '\\$&')
}
