// What the findings on a host look like, by the recorded kill matrix. Used by the runner when something failed.
import { type Decided, diagnose } from '../diagnosis/diagnose.ts'
import { readMatrix } from '../diagnosis/read-matrix.ts'
import type { Explanation, Finding } from '../result/schema.ts'
import { checkOf } from './unit-run.ts'

/** Empty when nothing failed, and when no defect or pair explains at least half of it. */
export async function explainFindings(findings: readonly Finding[]): Promise<readonly Explanation[]> {
  if (findings.every(({ verdict }) => verdict !== 'fail')) return []
  // As large as all other data together: not loaded unless needed.
  const { matrixText } = await import('../diagnosis/matrix.ts')
  return diagnose(decidedBy(findings), readMatrix(matrixText))
}

/**
 * The checks that a run decided. The matrix knows of Delta Chat's checks only what defects of their own requirements do to
 * them, so they count where nothing else failed.
 */
export function decidedBy(findings: readonly Finding[]): Decided {
  const decided = new Map<string, 'fails' | 'holds'>()
  const failing = findings.filter(({ verdict }) => verdict === 'fail')
  const withCore = failing.every(({ area }) => area === 'deltachat')
  for (const { check, area, verdict } of findings) {
    if (area === 'deltachat' && !withCore) continue
    const id = checkOf(check)
    if (verdict === 'fail') decided.set(id, 'fails')
    else if ((verdict === 'pass' || verdict === 'tolerated') && !decided.has(id)) decided.set(id, 'holds')
  }
  return decided
}
