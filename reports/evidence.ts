// Which wire lines a record keeps. Applied to a result before anything renders it.
import type { Result } from '../harness/result/schema.ts'

export const evidenceModes = ['failures', 'all', 'none'] as const

export type EvidenceMode = (typeof evidenceModes)[number]

/** failures: findings that hold lose their wire lines; none: all do. */
export function keepEvidence(result: Result, mode: EvidenceMode): Result {
  if (mode === 'all') return result
  const findings = result.findings.map((finding) =>
    mode === 'none' || finding.verdict === 'pass' ? { ...finding, evidence: [] } : finding,
  )
  return { ...result, findings }
}
