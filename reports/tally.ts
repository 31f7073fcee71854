// What the findings of one host add up to: what holds, what is open, and what was never asked for. Used by every report.
import type { Finding } from '../harness/result/schema.ts'

/** Checks that were asked for and apply to the host. */
export interface Counts {
  readonly all: number
  readonly held: number
  readonly failed: number
  readonly undecided: number
  /** Not tested for want of reach, power, accounts or budget at our side, or because the run was stopped. */
  readonly outOfReach: number
  /** Of those: what one thing would let run, most first. */
  readonly missing: readonly { readonly what: NonNullable<Finding['missing']>; readonly n: number }[]
}

export interface Tally {
  /** Musts. */
  readonly required: Counts
  /** Shoulds and mays. */
  readonly further: Counts
  /** In the order of the run. */
  readonly areas: readonly { readonly area: string; readonly held: number; readonly all: number }[]
  /** Left out by the user's choice: not in the profile, or intrusive. */
  readonly unasked: readonly Finding[]
}

/** Why a check counts as asked for or not: what does not apply to a host counts nowhere. */
export function standing(finding: Finding): 'asked' | 'unasked' | 'inapplicable' {
  if (finding.verdict !== 'skipped') return 'asked'
  if (finding.skipped === 'profile' || finding.skipped === 'consent') return 'unasked'
  return finding.skipped === 'inapplicable' ? 'inapplicable' : 'asked'
}

export function tally(findings: readonly Finding[]): Tally {
  const asked = findings.filter((finding) => standing(finding) === 'asked')
  const areas = [...new Set(asked.map(({ area }) => area))].map((area) => {
    const { held, all } = counts(asked.filter((finding) => finding.area === area))
    return { area, held, all }
  })
  return {
    required: counts(asked.filter(({ level }) => level === 'must')),
    further: counts(asked.filter(({ level }) => level !== 'must')),
    areas,
    unasked: findings.filter((finding) => standing(finding) === 'unasked'),
  }
}

function counts(findings: readonly Finding[]): Counts {
  const of = (...verdicts: readonly Finding['verdict'][]): number =>
    findings.filter(({ verdict }) => verdicts.includes(verdict)).length
  return {
    all: findings.length,
    held: of('pass', 'tolerated'),
    failed: of('fail'),
    undecided: of('inconclusive', 'error'),
    outOfReach: of('skipped'),
    missing: missingIn(findings),
  }
}

function missingIn(findings: readonly Finding[]): Counts['missing'] {
  const counted = new Map<NonNullable<Finding['missing']>, number>()
  for (const { missing } of findings) if (missing !== undefined) counted.set(missing, (counted.get(missing) ?? 0) + 1)
  return [...counted].map(([what, n]) => ({ what, n })).sort((a, b) => b.n - a.n)
}
