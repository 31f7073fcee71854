// Holes that can be abused stay unnamed until a date: only how many there are is shown. Used by for-public.ts.
import type { Finding, Result } from '../../harness/result/schema.ts'

/** The verdicts that may point at a hole; one that was seen once is worth a look to others, too. */
const open: readonly Finding['verdict'][] = ['fail', 'inconclusive', 'error']

/**
 * Of a host with a hole, every decided finding of that kind loses its name: those missing from the list would tell which
 * it is. What was seen without a judgement is left out for the same reason.
 */
export function withhold(result: Result, until: string, isSecurity: (check: string) => boolean): Result {
  const leaky = new Set(
    result.findings
      .filter((finding) => open.includes(finding.verdict) && isSecurity(finding.check))
      .map(({ host }) => host),
  )
  const hidden = (finding: Finding): boolean =>
    leaky.has(finding.host) && finding.verdict !== 'skipped' && isSecurity(finding.check)
  const rank = ({ verdict, level }: Finding): string => `${verdict} ${level}`
  const nameless = result.findings
    .filter(hidden)
    .sort((a, b) => rank(a).localeCompare(rank(b)))
    .map((finding, at) => withoutName(finding, at + 1, until))
  const secret = result.findings.filter(hidden).map(({ check }) => check)
  return {
    ...result,
    // Its diagnosis would name the hole, or what shows it.
    hosts: result.hosts.map(({ diagnosis, ...host }) =>
      diagnosis === undefined || leaky.has(host.label) ? host : { ...host, diagnosis },
    ),
    findings: [...result.findings.filter((finding) => !hidden(finding)), ...nameless],
    observations: result.observations.filter(({ id }) => !isSecurity(id)),
    gate: { ...result.gate, reason: withoutNames(result.gate.reason, secret) },
  }
}

function withoutName(finding: Finding, at: number, until: string): Finding {
  const { level, host, verdict, runs, knownFailing } = finding
  return {
    check: `withheld/${at}`,
    requirement: 'withheld',
    area: 'withheld',
    level,
    title: 'a point with security impact',
    host,
    verdict,
    reason: `withheld until ${until}`,
    expectations: [],
    evidence: [],
    notes: [],
    started: 0,
    duration: 0,
    runs,
    ...(knownFailing ? { knownFailing: { reason: 'listed', expired: knownFailing.expired } } : {}),
    withheld: until,
  }
}

/** `2 failed: sender/refuses-…, imap/…`: the names go, the numbers stay. Longer names first, since some begin alike. */
function withoutNames(reason: string, secret: readonly string[]): string {
  const longestFirst = [...new Set(secret)].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((text, name) => text.replaceAll(name, '(withheld)'), reason)
}
