// What `load export` writes into a script, and what it writes beside it. Types alone: read in Node and in k6.
import type { LoadAssets, PlacedAccount } from '../chatmail/assets.ts'

/** An address that is to get load, and what has to be shown before it does. */
export interface AskedAddress {
  /** Of the host, as the user named it. */
  readonly label: string
  readonly address: string
  readonly kind: 'loopback' | 'near' | 'public'
  /** Of a public one: the line that its web server has to show, and where. */
  readonly token?: { readonly line: string; readonly url: string }
}

export interface Settings {
  /** k6's options, everything filled in. */
  readonly options: Readonly<Record<string, unknown>>
  /** Of the flags; what k6 is given by --env comes before it. */
  readonly env: Readonly<Record<string, string>>
  readonly asked: readonly AskedAddress[]
  /** Absent for a scenario that does not use chatmail. */
  readonly assetsFile?: string
}

/** Octets as base64. */
export interface WrittenMessage {
  readonly fields: string
  readonly body: string
  readonly payload: string
}

/** The file beside the script. It holds passwords. */
export interface WrittenAssets extends Omit<LoadAssets, 'runId' | 'accounts' | 'pool' | 'attachments'> {
  readonly accounts: readonly PlacedAccount[]
  readonly pool: readonly WrittenMessage[]
  readonly attachments: Readonly<Record<string, readonly WrittenMessage[]>>
}
