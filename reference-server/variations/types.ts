// The shape of a variation: a legitimate way to behave that some checks put up with, shown as `tolerated`.
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'

export interface Variation {
  /** What this server does, third person. */
  readonly title: string
  readonly behaviour: DeepPartial<Behaviour>
  /** Ids of the checks that must say `tolerated`; all others pass. */
  readonly toleratedBy: readonly string[]
}
