// What the sessions of all virtual users of a thread have in common. One for each thread.
import type { LoadAssets } from './assets.ts'

export interface ThreadState {
  /** What the run has prepared, which is not there yet while files are read: throws then. */
  readonly assets: LoadAssets
  /** Accounts that have a session open to be told of new mail. */
  idlers: number
}
