// What a run and its threads say to each other. A thread reads the file, gets ready, and begins when it is told.
import type { LoadAccount, LoadAssets } from '../chatmail/assets.ts'
import type { KnownNeeds } from '../chatmail/needs.ts'
import type { Plan } from '../schedule/scenario-options.ts'
import type { Segment } from '../schedule/segment.ts'
import type { Batch } from './recorder.ts'

/** Given to a thread when it starts. */
export interface ThreadStart {
  /** Of the scenario file. */
  readonly url: string
  readonly env: Readonly<Record<string, string>>
  readonly segment: Segment
}

export type ToThread =
  | {
      readonly kind: 'prepare'
      readonly plans: readonly Plan[]
      readonly tags: Readonly<Record<string, string>>
      readonly assets: LoadAssets | undefined
      /** Virtual users of this thread. */
      readonly vus: number
    }
  | { readonly kind: 'setup' }
  /** `at`: when the run begins, on the clock of all threads. */
  | { readonly kind: 'begin'; readonly at: number; readonly setupData: unknown }
  | { readonly kind: 'stop' }
  | { readonly kind: 'teardown'; readonly setupData: unknown }
  /** As k6 gives it to handleSummary. */
  | { readonly kind: 'summarize'; readonly data: unknown }

/** What handleSummary wants to be written where: `stdout`, `stderr` or a file; or why there is nothing of it. */
export type OwnSummary = { readonly texts: Readonly<Record<string, string | Uint8Array>> } | { readonly error: string }

export type FromThread =
  | {
      readonly kind: 'loaded'
      readonly options: unknown
      readonly functions: readonly string[]
      /** Undefined of a file that does not use the module `chatmail`. */
      readonly needs: KnownNeeds | undefined
    }
  | { readonly kind: 'ready' }
  | { readonly kind: 'setup-done'; readonly data: unknown }
  | { readonly kind: 'teardown-done' }
  | { readonly kind: 'summarized'; readonly summary: OwnSummary }
  | { readonly kind: 'batch'; readonly batch: Batch }
  /** An iteration has made an account. */
  | { readonly kind: 'account'; readonly account: LoadAccount }
  /** An iteration threw; the same words are told once, and counted. */
  | { readonly kind: 'threw'; readonly message: string; readonly count: number }
  /** The file wants the run to end: `exec.test.abort()`. */
  | { readonly kind: 'abort'; readonly reason: string }
  /** The file says that the run has failed: `exec.test.fail()`. */
  | { readonly kind: 'fail'; readonly reason: string }
  | { readonly kind: 'over'; readonly interrupted: number }
  /** The thread cannot go on. */
  | {
      readonly kind: 'failed'
      readonly what: 'load' | 'setup' | 'teardown' | 'thread'
      readonly message: string
      readonly stack?: string
    }
