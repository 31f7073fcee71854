// What a probe has to work with, and what it finds. Used by all probes of a capacity run.

import type { LoadAccount, PoolMessage } from '../../load/chatmail/assets.ts'
import { withoutAddresses } from '../../load/thread/word-tally.ts'
import type { CapacityRecord } from '../../result/capacity-schema.ts'
import type { Place } from '../sessions.ts'

export type Figure = CapacityRecord['figures'][number]

export interface ProbeContext extends Place {
  /** There are at least two. */
  readonly accounts: readonly LoadAccount[]
  readonly body: PoolMessage
  /** Octets resident on the server, as its sampler told last; undefined without one. */
  readonly resident: () => number | undefined
}

/** A figure without a value is no figure: why it could not be had. */
export type Probed = Figure | { readonly name: Figure['name']; readonly missing: string }

/** What stopped a probe, in words fit for a report. */
export function reasonOf(error: unknown): string {
  return withoutAddresses(error instanceof Error ? error.message : String(error))
}
