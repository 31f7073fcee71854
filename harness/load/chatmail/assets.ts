// What a run prepares before it begins, for every thread: where to connect, as whom, and which messages to send.
import type { Endpoint, Timing, Trust } from '../../host/host.ts'
import type { Consent } from './consent.ts'

export interface LoadAccount {
  readonly address: string
  readonly password: string
}

/** A message encrypted beforehand: everything but the fields that differ from one message to the next. */
export interface PoolMessage {
  /** Header fields, each ended by CRLF. */
  readonly fields: string
  readonly body: Uint8Array
  /** Of the body, what has to arrive octet for octet: the armoured block. */
  readonly payload: Uint8Array
}

export interface LoadAssets {
  /** Stands in every Message-ID: what an earlier run has left is told apart. Letters and digits. */
  readonly runId: string
  readonly submission: Endpoint
  readonly imap: Endpoint
  readonly trust: Trust
  readonly timing: Pick<Timing, 'connect' | 'reply' | 'arrival'>
  readonly consent: Consent
  /** Two for each virtual user: 2n-2 and 2n-1 belong to the nth. */
  readonly accounts: readonly LoadAccount[]
  readonly pool: readonly PoolMessage[]
}
