// A stored message and the changes a mailbox tells its listeners. Used by IMAP sessions, delivery and expiry.

export interface StoredMessage {
  readonly uid: number
  /** As delivered, CRLF line ends; never modified after it is stored. */
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
