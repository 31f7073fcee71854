// Turns the checks of a host into vitest tests: one test a check, in one describe a host.
import { afterAll, beforeAll, describe, it } from 'vitest'
import { matchesPattern } from '../harness/check/pattern.ts'
import { allChecks } from '../harness/check/plan.ts'
import type { Host } from '../harness/host/host.ts'
import type { Finding, Level } from '../harness/result/schema.ts'
import { type CheckHostOptions, checkHost, requirements, suites } from './library.ts'

export interface DescribeHostOptions extends Omit<CheckHostOptions, 'onEvent' | 'interrupt'> {
  /** Milliseconds for the whole run; default 120,000. */
  readonly timeout?: number
}

const order: readonly Level[] = ['may', 'should', 'must']

/**
 * Checks a host once and reports each check as a test. A check that fails at or above `failOn` (default must) fails its test,
 * and so does one that could not be decided; what was skipped or is not offered is a skipped test with the reason.
 */
export function describeHost(target: string | Host, options: DescribeHostOptions = {}): void {
  const label = typeof target === 'string' ? target : target.label
  const timeout = options.timeout ?? 120_000
  const only = options.only ?? []
  const chosen = allChecks(suites).filter(
    (check) =>
      !check.observes &&
      (only.length === 0 || only.some((pattern) => matchesPattern(pattern, check.id))) &&
      !(options.skip ?? []).some((pattern) => matchesPattern(pattern, check.id)),
  )
  describe(label, () => {
    const findings = new Map<string, Finding>()
    const stop = new AbortController()
    beforeAll(async () => {
      const result = await checkHost(target, { ...options, interrupt: stop.signal })
      for (const finding of result.findings) findings.set(finding.check, finding)
    }, timeout)
    afterAll(() => stop.abort())
    for (const check of chosen) {
      it(`${check.id}: ${check.title}`, (test) => {
        const finding = findings.get(check.id)
        if (!finding) return test.skip('was not run')
        const level = requirements[check.requirement]?.level ?? 'must'
        const counts = order.indexOf(level) >= order.indexOf(options.failOn ?? 'must')
        const { verdict } = finding
        if (verdict === 'pass' || verdict === 'tolerated') return
        if (verdict === 'error' || (counts && (verdict === 'fail' || verdict === 'inconclusive')))
          throw new Error(explain(finding))
        return test.skip(`${verdict}: ${finding.reason ?? ''}`)
      })
    }
  })
}

function explain(finding: Finding): string {
  const wire = finding.evidence.slice(-20).map((line) => `  ${line.direction} ${line.text}`)
  return [
    `${finding.verdict}: ${finding.reason ?? ''}`,
    finding.why ?? '',
    ...(finding.fix ? [`fix: ${finding.fix}`] : []),
    ...wire,
  ]
    .filter((line) => line !== '')
    .join('\n')
}
