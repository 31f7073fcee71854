// What a run leaves behind in GitHub Actions beside the job summary (markdown.ts): error annotations and outputs. Pure text; bin/ writes it.
import type { LoadRecord } from '../harness/result/load-schema.ts'
import type { Result } from '../harness/result/schema.ts'
import { loadCases } from './load-cases.ts'
import { printable } from './plain-text.ts'
import { count, seenOf, worded } from './words.ts'

/** GitHub shows ten annotations of a step and drops the rest. */
const annotated = 10

/** At most ten `::error` lines, one a problem; when nothing failed but the run did, one with the reason. */
export function githubErrors(result: Result): readonly string[] {
  if (result.load !== undefined) return loadErrors(result, result.load)
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

/** Of a load run: what was not kept; of one that says nothing about the server, why. */
function loadErrors({ hosts, gate }: Result, load: LoadRecord): readonly string[] {
  const name = `${hosts[0]?.label ?? 'load'}: ${load.scenario}`
  const red = loadCases(load).filter(({ outcome }) => outcome === 'failure' || outcome === 'error')
  const lines = red.map((one) => command(name, `${one.name}: ${one.message}`))
  if (lines.length === 0 && gate.exitCode !== 0) lines.push(command(name, gate.reason))
  return lines.slice(0, annotated)
}

/** Lines for $GITHUB_OUTPUT: `verdict`, `failed` (number of problems) and `report` (path of the JSON record, when there is one). */
export function githubOutputs(result: Result, report: string | undefined): string {
  const broken =
    result.load?.verdict === 'fail' ? result.load.thresholds.filter(({ verdict }) => verdict !== 'pass') : []
  const failed = worded(result, result.findings, 'PROBLEM').length + broken.length
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

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function command(title: string, message: string): string {
  const data = (text: string): string =>
    printable(text, 500).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return `::error title=${data(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${data(message)}`
}
