// A result as JUnit XML: one test suite a host, one test case a check. For CI servers; shape in junit.xsd.
import type { Finding, HostRecord, Result } from '../harness/result/schema.ts'
import { behavesLike, likenessText } from './judgement.ts'
import { capacityCases, type LoadCase, loadCases } from './load-cases.ts'
import { standing } from './tally.ts'
import { expectedFailure, headline, reaches, unexpectedPass, wordFor } from './words.ts'
import { xmlAttribute, xmlText } from './xml-text.ts'

type Outcome = 'passed' | 'failure' | 'error' | 'skipped'

/** Most wire lines of one finding, and characters of one line: the whole record is the JSON. */
const wireLines = 100
const wireLength = 500

interface TestCase {
  readonly outcome: Outcome
  readonly xml: string
}

export function renderJunit(result: Result): string {
  const suites = result.hosts.map((host) => suite(result, host))
  const totals = sum(suites.flatMap((item) => item.cases))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'chatmail-check', ...totals, time: result.seconds.toFixed(3) })}>`,
    ...suites.map((item) => item.xml),
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(result: Result, host: HostRecord): { readonly cases: readonly TestCase[]; readonly xml: string } {
  const all = result.findings.filter((finding) => finding.host === host.label)
  // What nobody asked for is no test case: hundreds of skipped ones would hide those that matter.
  const findings = all.filter((finding) => standing(finding) === 'asked')
  const cases = findings.map((finding) => testCase(result, finding))
  if (result.load !== undefined) cases.push(...loadCases(result.load).map((item) => loadCase(host, item)))
  if (result.capacity !== undefined)
    cases.push(...capacityCases(result.capacity, result.gate).map((item) => loadCase(host, item)))
  if (cases.length === 0) cases.push(nothingRun(result, host))
  const time = result.load?.seconds ?? findings.reduce((total, finding) => total + finding.duration, 0) / 1_000
  const head = attributes({
    name: host.label,
    ...sum(cases),
    time: time.toFixed(3),
    timestamp: result.started.replace(/(\.\d+)?Z$/, ''),
    hostname: host.domain,
  })
  const xml = [
    `  <testsuite${head}>`,
    '    <properties>',
    ...properties(result, host, all.length - findings.length).map(
      ([name, value]) => `      <property${attributes({ name, value })}/>`,
    ),
    '    </properties>',
    ...cases.map((item) => item.xml),
    '  </testsuite>',
  ].join('\n')
  return { cases, xml }
}

function properties(result: Result, host: HostRecord, leftOut: number): [string, string][] {
  return [
    ['tool', `chatmail-check ${result.tool.version}`],
    ...(result.capacity ? [['capacity', result.capacity.people.answer] as [string, string]] : []),
    ['verdict', result.load?.verdict ?? result.capacity?.ended ?? headline(result, host.label).text],
    ['gate', result.gate.reason],
    ['profile', result.profile],
    ['seed', String(result.seed)],
    ['complete', String(result.complete)],
    ['left-out', String(leftOut)],
    ...guesses(host),
    ...result.observations
      .filter((item) => item.host === host.label)
      .map((item): [string, string] => [`observed.${item.id}`, `${item.value}${item.unit ? ` ${item.unit}` : ''}`]),
  ]
}

/** What it seems to be, and what would explain the failures; no verdict depends on either. */
function guesses(host: HostRecord): [string, string][] {
  const { implementation, diagnosis } = host
  return [
    ...(implementation
      ? [
          ['implementation', implementation.text] as [string, string],
          ['implementation.confidence', implementation.confidence] as [string, string],
          ['implementation.evidence', implementation.evidence.join('; ')] as [string, string],
        ]
      : []),
    ...(diagnosis
      ? [
          [
            'diagnosis',
            behavesLike(host)
              .slice(0, 1)
              .map((likeness) => likenessText(likeness))
              .join(''),
          ] as [string, string],
        ]
      : []),
  ]
}

function testCase(result: Result, finding: Finding): TestCase {
  const { outcome, type, message } = judge(result, finding)
  const head = attributes({
    name: finding.check,
    classname: `${finding.host}.${finding.area}`.replace(/\s+/g, '-'),
    time: (finding.duration / 1_000).toFixed(3),
  })
  const body: string[] = []
  if (outcome === 'skipped') body.push(`      <skipped${attributes({ message })}/>`)
  else if (outcome !== 'passed')
    body.push(`      <${outcome}${attributes({ message, type })}>${xmlText(detail(finding))}</${outcome}>`)
  const out = log(result, finding)
  if (out !== '') body.push(`      <system-out>${xmlText(out)}</system-out>`)
  const xml =
    body.length === 0 ? `    <testcase${head}/>` : [`    <testcase${head}>`, ...body, '    </testcase>'].join('\n')
  return { outcome, xml }
}

function loadCase(host: HostRecord, { name, group, outcome, type, message }: LoadCase): TestCase {
  const head = attributes({ name, classname: `${host.label}.load.${group}`.replace(/\s+/g, '-'), time: '0.000' })
  if (outcome === 'passed') return { outcome, xml: `    <testcase${head}/>` }
  const body =
    outcome === 'skipped'
      ? `<skipped${attributes({ message })}/>`
      : `<${outcome}${attributes({ message, type })}>${xmlText(message)}</${outcome}>`
  return { outcome, xml: [`    <testcase${head}>`, `      ${body}`, '    </testcase>'].join('\n') }
}

interface Judgement {
  readonly outcome: Outcome
  readonly type: string
  readonly message: string
}

/** Red only for what makes the gate red: a fault below it, or an expected one, is shown as skipped with its reason. */
function judge(result: Result, finding: Finding): Judgement {
  const reason = (finding.reason ?? '').split('\n')[0] ?? ''
  if (unexpectedPass(finding)) {
    const message = `passes, but is listed as known failing: ${finding.knownFailing?.reason ?? ''}`
    return { outcome: 'failure', type: 'unexpected-pass', message }
  }
  switch (finding.verdict) {
    case 'pass':
    case 'tolerated':
      return { outcome: 'passed', type: '', message: '' }
    case 'fail':
      if (expectedFailure(finding)) {
        return {
          outcome: 'skipped',
          type: '',
          message: `known failing (${finding.knownFailing?.reason ?? ''}): ${reason}`,
        }
      }
      return wordFor(finding, result.gate.failOn) === 'PROBLEM'
        ? { outcome: 'failure', type: finding.level, message: reason }
        : { outcome: 'skipped', type: '', message: `remark (${finding.level}): ${reason}` }
    case 'error':
      return { outcome: 'error', type: 'chatmail-check', message: reason }
    case 'inconclusive':
      return reaches(finding.level, result.gate.failOn) && !finding.knownFailing
        ? { outcome: 'error', type: 'inconclusive', message: reason }
        : { outcome: 'skipped', type: '', message: `inconclusive: ${reason}` }
    case 'unsupported':
      return { outcome: 'skipped', type: '', message: `not offered: ${reason}` }
    default:
      return { outcome: 'skipped', type: '', message: reason }
  }
}

function detail(finding: Finding): string {
  return [
    finding.title,
    finding.reason,
    finding.why === undefined ? undefined : `why: ${finding.why}`,
    finding.fix === undefined ? undefined : `fix: ${finding.fix}`,
    `requirement: ${finding.requirement} (${finding.level})`,
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}

function log(result: Result, finding: Finding): string {
  if (finding.verdict === 'pass' && finding.evidence.length === 0) return finding.notes.join('\n')
  return [
    `${wordFor(finding, result.gate.failOn)}: ${finding.title}`,
    ...(finding.verdict === 'tolerated' ? [`tolerated: ${finding.reason ?? ''}`] : []),
    ...finding.expectations.map((item) => `${item.outcome}: ${item.what}: wanted ${item.wanted}, got ${item.got}`),
    ...finding.notes,
    ...finding.evidence.slice(-wireLines).map((line) => {
      const left = line.text.length > wireLength ? `... (${line.text.length - wireLength} more characters)` : ''
      const shown = `${line.text.slice(0, wireLength)}${left}`
      return `${line.at.toFixed(0).padStart(6)} ms  ${line.connection} ${line.direction} ${shown}`
    }),
  ].join('\n')
}

/** A run that executed no check is never green. */
function nothingRun(result: Result, host: HostRecord): TestCase {
  const head = attributes({ name: 'host/is-reachable', classname: `${host.label}.host`, time: '0.000' })
  const candidates = host.candidates.map(
    (item) => `${item.service} at ${item.place}: ${item.outcome} ${item.detail ?? ''}`,
  )
  const error = `<error${attributes({ message: result.gate.reason, type: 'nothing-run' })}>${xmlText(candidates.join('\n'))}</error>`
  return { outcome: 'error', xml: [`    <testcase${head}>`, `      ${error}`, '    </testcase>'].join('\n') }
}

function sum(cases: readonly TestCase[]): Record<'tests' | 'failures' | 'errors' | 'skipped', number> {
  const of = (outcome: Outcome): number => cases.filter((item) => item.outcome === outcome).length
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('')
}
