// What a run leaves behind in GitHub Actions: the job summary, error annotations and outputs. Pure text; bin/ writes it.
import type { Finding, HostRecord, Result } from '../harness/result/schema.ts'
import { behavesLike, looksLike } from './judgement.ts'
import { measuredLines } from './measured.ts'
import { printable } from './plain-text.ts'
import { standing, tally } from './tally.ts'
import { count, headline, seenOf, type Word, wordFor } from './words.ts'

/** GitHub shows ten annotations of a step and drops the rest. */
const annotated = 10
/** Rows of a table: a summary may have 1 MiB, and nobody reads a thousand rows. */
const rows = 100

/** Markdown: the verdict first, then the problems, then what was not tested. */
export function githubSummary(result: Result): string {
  const lines = result.hosts.flatMap((host) => hostSummary(result, host))
  if (result.hosts.length === 0) lines.push('## No host was checked', '')
  if (result.reference) lines.push('This is the built-in reference server. It says nothing about your relay.', '')
  lines.push(
    `<sub>exit ${result.gate.exitCode}: ${escaped(result.gate.reason)}; profile ${escaped(result.profile)}, seed ${result.seed}, chatmail-check ${escaped(result.tool.version)}</sub>`,
    '',
  )
  return `${lines.join('\n')}\n`
}

/** At most ten `::error` lines, one a problem; when nothing failed but the run did, one with the reason. */
export function githubErrors(result: Result): readonly string[] {
  const problems = worded(result, result.findings, 'PROBLEM')
  const errors = result.findings.filter(({ verdict }) => verdict === 'error')
  const lines = [...problems, ...errors].map((finding) =>
    command(`${finding.host}: ${finding.check}`, `${finding.title}: ${seenOf(finding)}`),
  )
  if (lines.length === 0 && result.gate.exitCode !== 0) lines.push(command('chatmail-check', result.gate.reason))
  if (lines.length <= annotated) return lines
  const left = lines.length - annotated + 1
  return [
    ...lines.slice(0, annotated - 1),
    command('chatmail-check', `${count(left, 'more problem')}: see the summary`),
  ]
}

/** Lines for $GITHUB_OUTPUT: `verdict`, `failed` (number of problems) and `report` (path of the JSON record, when there is one). */
export function githubOutputs(result: Result, report: string | undefined): string {
  const failed = worded(result, result.findings, 'PROBLEM').length
  return [
    `verdict=${result.gate.verdict}`,
    `failed=${failed}`,
    ...(report === undefined || /[\r\n]/.test(report) ? [] : [`report=${report}`]),
    '',
  ].join('\n')
}

/** Text in which no line can be taken for a workflow command, whatever a server said. */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1: ').replaceAll('##[', '## [')
}

function hostSummary(result: Result, host: HostRecord): readonly string[] {
  const findings = result.findings.filter((finding) => finding.host === host.label)
  const { required, further, unasked } = tally(findings)
  const problems = worded(result, findings, 'PROBLEM')
  const remarks = worded(result, findings, 'REMARK')
  const open = worded(result, findings, 'NOT TESTED').filter((finding) => standing(finding) === 'asked')
  return [
    `## ${escaped(host.label)}: ${headline(result, host.label).text}`,
    '',
    ...(required.all === 0 ? [] : [`- ${required.held} of ${count(required.all, 'required point')} held`]),
    ...(further.all === 0 ? [] : [`- ${further.held} of ${count(further.all, 'further point')} held`]),
    ...(open.length === 0 ? [] : [`- ${count(open.length, 'check')} not tested`]),
    ...(unasked.length === 0 ? [] : [`- ${count(unasked.length, 'check')} left out (profile, intrusive)`]),
    ...measuredLines(result, host).map((line) => `${line.startsWith(' ') ? '  ' : ''}- ${escaped(line.trim())}`),
    ...[looksLike(host) ?? [], behavesLike(host)[0]?.text ?? []].flat().map((line) => `- ${escaped(line)}`),
    ...(findings.length > 0 ? [] : host.notes.map((note) => `- ${escaped(note)}`)),
    '',
    ...table('Problem', problems),
    ...openTable(open.filter(({ verdict }) => verdict !== 'skipped')),
    ...folded('Remarks', table('Remark', remarks)),
    ...folded('Not tested', openTable(open.filter(({ verdict }) => verdict === 'skipped'))),
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

function worded(result: Result, findings: readonly Finding[], word: Word): readonly Finding[] {
  return findings.filter((finding) => wordFor(finding, result.gate.failOn) === word)
}

/** Text of others as Markdown that shows it and nothing else. */
function escaped(text: string): string {
  return printable(text, 300)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#!@]/g, '\\$&')
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function command(title: string, message: string): string {
  const data = (text: string): string =>
    printable(text, 500).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return `::error title=${data(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${data(message)}`
}
