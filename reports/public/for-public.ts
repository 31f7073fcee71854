// A result as anybody may read it: no conversations, no address of the tester or of a test account, no hole before its time.
// Used by `--public` of the check and report commands, before any format is rendered.
import type { Expectation, Finding, HostRecord, Result } from '../../harness/result/schema.ts'
import { scrubber } from './scrub.ts'
import { withhold } from './withhold.ts'

export interface Publication {
  /** YYYY-MM-DD: the day from which holes may be named. */
  readonly withholdUntil: string
  /** YYYY-MM-DD. */
  readonly today: string
  /** Does this check look for what could be abused? */
  readonly isSecurity: (check: string) => boolean
}

export function forPublic(result: Result, { withholdUntil, today, isSecurity }: Publication): Result {
  const scrub = scrubber(result)
  const shown = today < withholdUntil ? withhold(result, withholdUntil, isSecurity) : result
  return {
    ...shown,
    hosts: shown.hosts.map((host) => publicHost(host, scrub)),
    findings: shown.findings.map((finding) => publicFinding(finding, scrub)),
    observations: shown.observations.map((seen) =>
      typeof seen.value === 'string' ? { ...seen, value: scrub(brief(seen.value)) } : seen,
    ),
  }
}

type Scrub = (text: string) => string

function publicHost(host: HostRecord, scrub: Scrub): HostRecord {
  return {
    ...host,
    candidates: host.candidates.map((one) => (one.detail === undefined ? one : { ...one, detail: scrub(one.detail) })),
    notes: host.notes.map(scrub),
  }
}

function publicFinding(finding: Finding, scrub: Scrub): Finding {
  const { reason } = finding
  return {
    ...finding,
    ...(reason === undefined ? {} : { reason: scrub(publicReason(finding.verdict, reason)) }),
    expectations: finding.expectations.map((item) => publicExpectation(item, scrub)),
    evidence: [],
    notes: [],
  }
}

function publicExpectation(item: Expectation, scrub: Scrub): Expectation {
  return { ...item, what: scrub(item.what), wanted: scrub(item.wanted), got: scrub(brief(item.got)) }
}

/** What we say ourselves stays, what the server said is cut to its code. Our own errors lose their stack. */
function publicReason(verdict: Finding['verdict'], reason: string): string {
  if (verdict === 'error') return reason.split('\n')[0] ?? ''
  const trouble = /^connection trouble: [\s\S]*\(([\w-]+ at [\w -]+)\)$/.exec(reason)
  if (trouble !== null) return `connection trouble: ${trouble[1]}`
  const got = /[,;:] got /.exec(reason)
  if (got === null) return reason
  const at = got.index + got[0].length
  return reason.slice(0, at) + brief(reason.slice(at))
}

const replyCode = /^\d{3}(?: \d\.\d{1,3}\.\d{1,3})?(?= |$)/
const imapStatus = /^(?:OK|NO|BAD|BYE)(?: \[[A-Z-]{1,40}\])?(?= |$)/
const plainWords = /^(?:[a-z]{1,30}|\d{1,12}(?:\.\d{1,6})?)(?:,? (?:[a-z]{1,30}|\d{1,12}(?:\.\d{1,6})?|%)){0,15}$/i

/** Codes, numbers and our own few words; whatever else a server says may name who asked. */
function brief(got: string): string {
  const code = replyCode.exec(got)?.[0] ?? imapStatus.exec(got)?.[0]
  if (code !== undefined) return code
  return plainWords.test(got) ? got : '(not shown)'
}
