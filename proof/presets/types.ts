// The golden list of a preset: what the checks must say of that implementation, wherever that is not "pass".
import type { Verdict } from '../../harness/result/schema.ts'

/** Checks that get one verdict for one reason. */
export interface GoldenVerdict {
  readonly verdict: Exclude<Verdict, 'pass' | 'error'>
  /** Why this is true of the implementation. */
  readonly because: string
  /** Ids; `*` stands for anything. Of several that name a check, the last counts. */
  readonly checks: readonly string[]
  readonly except?: readonly string[]
}
