// What a run prepares before it begins, for every thread: where to connect, as whom, and which messages to send.
import type { CredentialPolicy } from '../../host/credentials.ts'
import type { Endpoint, Timing, Trust } from '../../host/host.ts'
import type { Consent } from './consent.ts'

export interface LoadAccount {
  readonly address: string
  readonly password: string
}

/** A message encrypted beforehand: everything but the fields that differ from one message to the next. */
/** On which of the servers. */
export interface PlacedAccount extends LoadAccount {
  readonly server: number
}

/** One of the servers that get load. */
export interface LoadServer {
  readonly domain: string
  readonly submission: Endpoint
  readonly imap: Endpoint
  readonly trust: Trust
}

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
  /** Two when mail goes from one to the other. */
  readonly servers: readonly LoadServer[]
  readonly timing: Pick<Timing, 'connect' | 'reply' | 'arrival'>
  readonly consent: Consent
  /** For names and passwords of accounts made in the run, on the first server. */
  readonly policy: CredentialPolicy
  /** As many for each virtual user: of two, 2n-2 and 2n-1 belong to the nth. */
  readonly accountsPerUser: number
  readonly accounts: readonly PlacedAccount[]
  /** Short texts. */
  readonly pool: readonly PoolMessage[]
  /** Messages with an attachment, by the name that the scenario gave it. */
  readonly attachments: Readonly<Record<string, readonly PoolMessage[]>>
}
