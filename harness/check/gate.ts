// From the findings of a run to its exit code. 130 interrupted, 2 usage, 4 error, 1 failed, 3 undecided, 0 conforms; in this order.
import type { Finding, Level, Result } from '../result/schema.ts'

export interface GateOptions {
  readonly failOn: Level
  readonly requireComplete: boolean
  readonly interrupted: boolean
}

const order: readonly Level[] = ['may', 'should', 'must']

const points: Readonly<Record<Level, string>> = {
  must: 'every required point',
  should: 'every required or recommended point',
  may: 'everything',
}

/** Left out by the user's own choice, or because it does not apply: nothing is missing. */
const chosen: readonly Finding['skipped'][] = ['profile', 'consent', 'inapplicable']

export function gate(findings: readonly Finding[], options: GateOptions): Result['gate'] {
  const counts = (finding: Finding) => order.indexOf(finding.level) >= order.indexOf(options.failOn)
  const decision = (exitCode: number, verdict: Result['gate']['verdict'], reason: string): Result['gate'] => ({
    exitCode,
    failOn: options.failOn,
    reason,
    verdict,
  })
  const listed = (some: readonly Finding[]) => {
    const names = [...new Set(some.map((finding) => finding.check))]
    return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
  }

  if (options.interrupted) return decision(130, 'interrupted', 'interrupted: what was finished by then is reported')
  const errors = findings.filter((finding) => finding.verdict === 'error')
  if (errors.length > 0) return decision(4, 'error', `our own trouble in ${listed(errors)}`)
  const failed = findings.filter((finding) => finding.verdict === 'fail' && counts(finding) && !finding.knownFailing)
  if (failed.length > 0) return decision(1, 'fails', `${failed.length} failed: ${listed(failed)}`)
  const expired = findings.filter((finding) => finding.knownFailing?.expired && finding.verdict === 'fail')
  if (expired.length > 0) return decision(1, 'fails', `known-failing entries have expired: ${listed(expired)}`)
  const recovered = findings.filter(
    (finding) => finding.knownFailing && (finding.verdict === 'pass' || finding.verdict === 'tolerated'),
  )
  if (recovered.length > 0)
    return decision(1, 'fails', `known-failing, but passes now (remove the entry): ${listed(recovered)}`)
  const decided = findings.filter((finding) => finding.verdict !== 'skipped')
  if (decided.length === 0) return decision(3, 'undecided', 'no check was run')
  const open = findings.filter(
    (finding) => finding.verdict === 'inconclusive' && counts(finding) && !finding.knownFailing,
  )
  if (open.length > 0) return decision(3, 'undecided', `${open.length} could not be decided: ${listed(open)}`)
  const skipped = findings.filter(
    (finding) => finding.verdict === 'skipped' && counts(finding) && !chosen.includes(finding.skipped),
  )
  if (options.requireComplete && skipped.length > 0) {
    return decision(
      3,
      'undecided',
      `${skipped.length} not tested, and --require-complete was asked for: ${listed(skipped)}`,
    )
  }
  const known = findings.filter((finding) => finding.verdict === 'fail' && counts(finding)).length
  const but = known === 0 ? '' : `, but for ${known} known to fail`
  return decision(0, 'conforms', `${points[options.failOn]} that was tested holds${but}`)
}
