// What it takes to open a connection. Used by every client and its callers.
import type { SecureVersion } from 'node:tls'
import type { Endpoint, Timing, Trust } from '../host/host.ts'
import type { Transcript } from './transcript.ts'

export interface ConnectOptions {
  readonly endpoint: Endpoint
  readonly trust: Trust
  readonly timing: Pick<Timing, 'connect' | 'reply'>
  /** Ends the connection whenever it fires, with WireError 'aborted'. */
  readonly signal?: AbortSignal | undefined
  readonly transcript?: Transcript | undefined
  readonly alpn?: readonly string[]
  /** Default: the endpoint's name; none for an IP literal. False sends none. */
  readonly servername?: string | false
  readonly minVersion?: SecureVersion
  readonly maxVersion?: SecureVersion
  /** OpenSSL's list. Versions under 1.2 need `DEFAULT@SECLEVEL=0`, which is set with them. */
  readonly ciphers?: string
  /** Goes on whatever the certificate: for those who judge it by its facts. */
  readonly anyCertificate?: boolean
  /** Called for every TCP connection tried: the budget's counter. */
  readonly onConnect?: () => void
}
