// From what one run of a check recorded to its verdict. The only place where verdicts are decided.
import type { Level } from '../../catalogue/types.ts'
import { PeerLacks } from '../host/peer-lacks.ts'
import { WireError } from '../host/wire-error.ts'
import type { Expectation, Finding, Verdict } from '../result/schema.ts'
import { BudgetSpent, ControlUnmet, Throttled, Undecided, Unsupported } from './signals.ts'
import type { Left } from './types.ts'

/** What one run left behind. `ended` is what it threw, if it threw. */
export interface RunRecord {
  readonly expectations: readonly Expectation[]
  readonly ended?: unknown
  /** Not judged, and why. */
  readonly left?: Left | undefined
  /** Our own deadline for the whole check passed. */
  readonly timedOut?: boolean
  /** The user stopped the run. */
  readonly interrupted?: boolean
}

export interface Decision {
  readonly verdict: Verdict
  readonly reason?: string
  readonly skipped?: NonNullable<Finding['skipped']>
  /** Worth one rerun before it stands. */
  readonly rerun?: boolean
  /** The connection broke where the check expected nothing of the kind. */
  readonly pathTrouble?: boolean
}

/** What a single run says by itself; a `fail` here is only a candidate until a rerun agrees. */
export function decideOnce(record: RunRecord, level: Level): Decision {
  const { ended } = record
  if (record.interrupted) return { verdict: 'skipped', skipped: 'interrupted', reason: 'interrupted' }
  const control = record.expectations.find((item) => item.kind === 'control' && item.outcome === 'unmet')
  if (ended instanceof ControlUnmet) return { verdict: 'inconclusive', reason: ended.message, rerun: true }
  if (control)
    return {
      verdict: 'inconclusive',
      reason: `could not set the scene: ${control.what}; got ${control.got}`,
      rerun: true,
    }
  if (ended instanceof BudgetSpent) return { verdict: 'skipped', skipped: 'budget', reason: ended.message }
  if (ended instanceof PeerLacks) return { verdict: 'skipped', skipped: 'power', reason: ended.message }
  const unmet = record.expectations.find((item) => item.outcome === 'unmet')
  if (unmet) return { verdict: 'fail', reason: `${unmet.what}: wanted ${unmet.wanted}, got ${unmet.got}`, rerun: true }
  if (record.left !== undefined) return decideLeft(record.left, level)
  if (ended instanceof Unsupported) return notOffered(ended.message, level)
  if (ended instanceof Undecided || ended instanceof Throttled)
    return { verdict: 'inconclusive', reason: ended.message }
  if (record.timedOut) return { verdict: 'inconclusive', reason: 'did not come to an end in time', rerun: true }
  if (ended instanceof WireError) {
    return {
      verdict: 'inconclusive',
      reason: `connection trouble: ${ended.message} (${ended.code} at ${ended.stage})`,
      rerun: true,
      pathTrouble: true,
    }
  }
  if (ended !== undefined)
    return { verdict: 'error', reason: ended instanceof Error ? (ended.stack ?? ended.message) : String(ended) }
  const tolerated = record.expectations.find((item) => item.outcome === 'tolerated')
  if (tolerated) return { verdict: 'tolerated', reason: `${tolerated.what}: got ${tolerated.got}` }
  if (!record.expectations.some((item) => item.kind === 'expectation')) {
    return { verdict: 'error', reason: 'the check ended without expecting anything' }
  }
  return { verdict: 'pass' }
}

function decideLeft({ how, reason }: Left, level: Level): Decision {
  if (how === 'unsupported') return notOffered(reason, level)
  return how === 'later' ? { verdict: 'skipped', skipped: 'later', reason } : { verdict: 'inconclusive', reason }
}

function notOffered(reason: string, level: Level): Decision {
  return level === 'must'
    ? { verdict: 'fail', reason: `not offered: ${reason}`, rerun: true }
    : { verdict: 'unsupported', reason }
}

/** Joins a run and its rerun: only a fault seen twice stands. */
export function decideTwice(first: Decision, second: Decision): Decision {
  if (second.skipped === 'budget') {
    return { verdict: 'inconclusive', reason: `seen once, and the budget allows no second try (${first.reason ?? ''})` }
  }
  if (second.verdict === 'error' || second.verdict === 'skipped') return second
  if (first.verdict === 'fail' && second.verdict === 'fail') return second
  if (first.verdict === 'fail') {
    return { verdict: 'inconclusive', reason: `failed once, not on the rerun (${first.reason ?? ''})` }
  }
  if (second.verdict === 'fail') {
    return { verdict: 'inconclusive', reason: `failed on the rerun only (${second.reason ?? ''})` }
  }
  if (first.pathTrouble && second.verdict !== 'inconclusive') {
    return { verdict: 'inconclusive', reason: `not reproduced: ${first.reason ?? ''}` }
  }
  return second
}
