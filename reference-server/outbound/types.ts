// What delivery needs of the way to other servers.

/** One message for recipients of other domains, ready to be signed and sent. */
export interface Outgoing {
  /** Empty for the null sender: a bounce. */
  readonly sender: string
  readonly recipients: readonly string[]
  /** Cleaned head and body, CRLF, no dot-stuffing. */
  readonly bytes: Buffer
}

export interface Outbound {
  /** Takes the message over: delivers it, or returns it to its sender. */
  enqueue(message: Outgoing): void
  /** Waiting messages, newest last: for tests and people. */
  readonly waiting: readonly Outgoing[]
  close(): Promise<void>
}
