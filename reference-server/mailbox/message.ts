// A stored message and the changes a mailbox tells its listeners. Used by IMAP sessions, delivery and expiry.
import type { SavedMessage } from './changes.ts'

export interface StoredMessage {
  readonly uid: number
  /** Octets of `bytes`: known without reading them. */
  readonly size: number
  /** As delivered, CRLF line ends; never modified after it is stored. May be read from the disk: take it once. */
  readonly bytes: Uint8Array
  /** Milliseconds since 1970: what IMAP shows as INTERNALDATE. */
  readonly internalDate: number
  /** System flags as in RFC 3501 (`\Seen`), keywords as given. `\Recent` is never in here: it belongs to sessions. */
  readonly flags: Set<string>
  /** RFC 7162 mod-sequence of the last change. */
  modseq: number
  /** Milliseconds since 1970 when it was stored here. */
  readonly saved: number
}

/** A message whose bytes are in memory, or somewhere else until they are wanted. */
export class Message implements StoredMessage {
  readonly uid: number
  readonly size: number
  readonly internalDate: number
  readonly flags: Set<string>
  modseq: number
  readonly saved: number
  #content: Uint8Array | (() => Uint8Array)

  constructor(of: SavedMessage) {
    this.uid = of.uid
    this.size = of.size
    this.internalDate = of.internalDate
    this.flags = new Set(of.flags)
    this.modseq = of.modseq
    this.saved = of.saved
    this.#content = of.content
  }

  get bytes(): Uint8Array {
    return typeof this.#content === 'function' ? this.#content() : this.#content
  }

  /** From now on the bytes come from there; whoever keeps them calls this. */
  moveTo(content: Uint8Array | (() => Uint8Array)): void {
    this.#content = content
  }
}

export type MailboxChange =
  | { readonly kind: 'appended'; readonly messages: readonly StoredMessage[] }
  | { readonly kind: 'expunged'; readonly uids: readonly number[] }
  | { readonly kind: 'flags'; readonly messages: readonly StoredMessage[] }
  | { readonly kind: 'gone' }

/** `origin` is what the caller of the change passed: a session knows its own changes by it. */
export type MailboxListener = (change: MailboxChange, origin: unknown) => void

export interface AppendOptions {
  /** Milliseconds; the mailbox's clock when absent. */
  readonly internalDate?: number
  readonly flags?: Iterable<string>
  readonly origin?: unknown
}

/** Decisions of the store that a broken server takes otherwise; part of the IMAP behaviour. */
export interface StorageBehaviour {
  /** `after-expunge`: the highest UID is given out again once its message is gone. */
  readonly uidReuse: 'never' | 'after-expunge'
  /** `lost`: a flag change is told but not kept. */
  readonly flagChanges: 'kept' | 'lost'
  /** `kept`: an expunge is announced, yet the message is still there for the next session. */
  readonly expunged: 'removed' | 'kept'
  /** `arrival`: a date given with APPEND is ignored. */
  readonly internalDate: 'given' | 'arrival'
}

export const conformingStorage: StorageBehaviour = {
  uidReuse: 'never',
  flagChanges: 'kept',
  expunged: 'removed',
  internalDate: 'given',
}
