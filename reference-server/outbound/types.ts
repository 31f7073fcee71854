// What the other parts see of the way to other servers, and what its parts say to each other.

/** One message for recipients of other domains, ready to be signed and sent. */
export interface Outgoing {
  /** Empty for the null sender: a bounce. */
  readonly sender: string
  readonly recipients: readonly string[]
  /** Cleaned head and body, CRLF, no dot-stuffing. */
  readonly bytes: Buffer
}

/** A message on its way to one domain. */
export interface QueueEntry {
  /** Unique in this queue; grows. */
  readonly id: number
  /** Empty for the null sender. */
  readonly sender: string
  /** Lower case; may be a literal like `[192.0.2.1]`. */
  readonly domain: string
  /** Those that have not got it yet. */
  readonly recipients: readonly string[]
  readonly bytes: number
  /** Milliseconds since 1970, by the server's clock. */
  readonly since: number
  readonly tries: number
  /** What the other side, or the way there, said last. */
  readonly lastReply?: string | undefined
  /** Milliseconds since 1970; undefined while it is being sent or waits for nothing but its turn. */
  readonly nextTry?: number | undefined
}

/** With the message; it is signed only when it is sent. */
export interface SavedEntry extends Omit<QueueEntry, 'id' | 'bytes'> {
  readonly message: Buffer
}

export interface Queue {
  /** Oldest first. */
  readonly entries: readonly QueueEntry[]
  /** Tries everything now, or all for one domain; resolves when there is nothing more to do for now. */
  flush(domain?: string): Promise<void>
  /** Begins nothing more; resolves when what has been begun is over. For an orderly end: nothing is sent twice then. */
  pause(): Promise<void>
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>
  /** The same with their messages. */
  save(): readonly SavedEntry[]
}

export interface Outbound {
  /** Takes the message over at once: delivers it later, or returns it to its sender. */
  enqueue(message: Outgoing): void
  readonly queue: Queue
  close(): Promise<void>
}

/** A message that waits, and how it will look when it leaves. */
export interface Waiting {
  readonly sender: string
  readonly message: Buffer
  /** The message with its signatures, which are made once. */
  readonly signed: () => Promise<Buffer>
}

/** A message for one domain, signed. */
export interface Parcel {
  readonly sender: string
  readonly recipients: readonly string[]
  readonly bytes: Buffer
}

/** What became of the message for one recipient. */
export interface Outcome {
  readonly recipient: string
  readonly fate: 'sent' | 'deferred' | 'failed'
  /** SMTP reply, one line. */
  readonly reply: string
}

/** unreachable: nobody there to talk to; holds for every message to this destination. */
export type Attempt =
  | { readonly kind: 'answered'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'unreachable'; readonly reply: string }
