// What a mail exchange of the peer sees of those who come to it. Written by its SMTP and HTTPS side, read by checks.

/** A message that was taken. */
export interface Arrival {
  readonly via: 'smtp' | 'https'
  /** Empty for the null sender. */
  readonly from: string
  readonly to: readonly string[]
  /** Without dot-stuffing. */
  readonly bytes: Uint8Array
  /** With the angle brackets; empty without. */
  readonly messageId: string
  /** `TLSv1.3`; undefined in clear. */
  readonly tls: string | undefined
  /** Of EHLO; empty by HTTPS. */
  readonly name: string
  /** Monotonic milliseconds of its last octet. */
  readonly at: number
}

/** One connection. */
export interface Visit {
  readonly via: 'smtp' | 'https'
  tls: 'none' | 'failed' | 'done'
  ended: boolean
}

/** Where in a session something may be refused. */
export type ExchangeStage = 'greeting' | 'mail' | 'rcpt' | 'data' | 'post'

/**
 * A reply instead of the usual one: `451 4.3.0 later`; for `post` a status with a text. Undefined: go on. `value` is the
 * address of MAIL or RCPT.
 */
export type Answer = (stage: ExchangeStage, value: string) => string | undefined

/** Bounds of what strangers may send us. */
export const exchangeLimits = {
  lineOctets: 4_096,
  messageOctets: 64 * 1024 * 1024,
  recipients: 2_000,
  commands: 10_000,
  connections: 200,
  arrivals: 10_000,
  /** Milliseconds without an octet. */
  silenceMs: 60_000,
} as const
