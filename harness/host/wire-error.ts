// The one error of the wire: what went wrong with a connection, as a code that code may decide on.

export type WireCode =
  | 'refused' // nobody listens
  | 'unreachable' // no route, no address
  | 'timeout' // a deadline of ours passed
  | 'closed' // the peer ended the connection
  | 'reset' // the peer tore it down
  | 'tls' // handshake failed (protocol, cipher, alert)
  | 'certificate' // handshake worked, but we do not trust what was shown
  | 'protocol' // the peer's bytes are not the protocol
  | 'too-long' // more bytes than we are willing to hold
  | 'aborted' // we were told to stop

/** `stage` is where it happened in the words of the protocol: `connect`, `greeting`, `AUTH`, `DATA`, `IDLE`. */
export class WireError extends Error {
  readonly code: WireCode
  readonly stage: string
  /** Finer fact where there is one, e.g. Node's `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID`. */
  readonly detail: string | undefined

  constructor(code: WireCode, stage: string, message: string, options: { cause?: unknown; detail?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'WireError'
    this.code = code
    this.stage = stage
    this.detail = options.detail
  }
}
