// What a mail store tells whoever keeps it beyond the life of the process. Written by store.ts and mailbox.ts.
import type { Mailbox } from './mailbox.ts'
import type { StoredMessage } from './message.ts'
import type { MailStore } from './store.ts'

/**
 * Objects are live: who keeps them writes what they hold when it writes, so that many changes of one turn cost one row.
 * Every change of messages goes with new counters of its mailbox (UIDNEXT, mod-sequence).
 */
export type StoreChange =
  /** Made, renamed, or its counters are others. */
  | { readonly kind: 'mailbox'; readonly mailbox: Mailbox }
  /** Only its `\Recent` mark is another: nothing that anybody must wait for. */
  | { readonly kind: 'recent'; readonly mailbox: Mailbox }
  | { readonly kind: 'mailbox-gone'; readonly mailbox: Mailbox }
  | { readonly kind: 'appended'; readonly mailbox: Mailbox; readonly message: StoredMessage }
  | { readonly kind: 'expunged'; readonly mailbox: Mailbox; readonly messages: readonly StoredMessage[] }
  | { readonly kind: 'flags'; readonly mailbox: Mailbox; readonly messages: readonly StoredMessage[] }
  /** All values under this key of `MailStore.metadata`; none: it is gone. */
  | { readonly kind: 'metadata'; readonly key: string; readonly values: readonly string[] }
  | { readonly kind: 'subscriptions'; readonly names: readonly string[] }

/** A mail store as plain data: what `MailStore` is made of again after a restart, or after a snapshot. */
export interface SavedStore {
  /** UIDVALIDITY of the next mailbox made. */
  readonly nextValidity: number
  readonly subscriptions: readonly string[]
  readonly metadata: readonly (readonly [key: string, values: readonly string[]])[]
  /** INBOX is among them. */
  readonly mailboxes: readonly SavedMailbox[]
}

export interface SavedMailbox {
  readonly name: string
  readonly uidValidity: number
  readonly uidNext: number
  readonly highestModseq: number
  /** UIDs from here on are `\Recent` for the next session. */
  readonly recentFrom: number
  /** Ascending by UID. */
  readonly messages: readonly SavedMessage[]
}

export interface SavedMessage {
  readonly uid: number
  readonly size: number
  /** The bytes, or where to get them when they are wanted. */
  readonly content: Uint8Array | (() => Uint8Array)
  readonly internalDate: number
  readonly saved: number
  readonly flags: readonly string[]
  readonly modseq: number
}

/** The changes that make an empty keeper of the store know all of it. */
export function wholeStore(store: MailStore): readonly StoreChange[] {
  return [
    { kind: 'subscriptions', names: [...store.subscriptions] },
    ...[...store.metadata].map(([key, values]) => ({ kind: 'metadata', key, values }) as const),
    ...store
      .list()
      .flatMap((mailbox) => [
        { kind: 'mailbox', mailbox } as const,
        ...mailbox.messages.map((message) => ({ kind: 'appended', mailbox, message }) as const),
      ]),
  ]
}
