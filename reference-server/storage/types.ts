// Where the server keeps what must outlive it: the interface between the model (accounts, mail stores, queue) and a storage.
import type { SavedStore, StoreChange } from '../mailbox/changes.ts'
import type { MailStore } from '../mailbox/store.ts'

export type Change =
  | { readonly kind: 'account'; readonly account: KeptAccount }
  | { readonly kind: 'account-gone'; readonly address: string }
  | { readonly kind: 'store-gone'; readonly store: MailStore }
  | { readonly kind: 'store'; readonly store: MailStore; readonly change: StoreChange }

/** What is kept of an account; live, like the objects of StoreChange. */
export interface KeptAccount {
  /** Lower case. */
  readonly address: string
  readonly store: MailStore
  readonly salt: Uint8Array
  /** Of the password, salted. */
  readonly hash: Uint8Array
  /** Milliseconds since 1970. */
  readonly created: number
  readonly lastLogin: number
}

/** Accounts and their mail as plain data. */
export interface SavedState {
  readonly accounts: readonly SavedAccount[]
  readonly stores: readonly (SavedStore & { readonly id: number })[]
}

export interface SavedAccount extends Omit<KeptAccount, 'store'> {
  /** `id` of its store: several accounts may share one. */
  readonly store: number
}

/** Small things by name, for parts of the server that keep their own: a queue, keys. */
export type Shelf = 'queue' | 'keys'

export interface Storage {
  /** Takes note. All that is noted in one turn of the event loop is kept together or not at all. */
  changed(change: Change): void
  /** Keeps a small thing under its name; without a value it is removed. In the same turn, the same rule. */
  put(shelf: Shelf, name: string, value: Uint8Array | undefined): void
  /** What was put there and is still there, in the order it came. */
  records(shelf: Shelf): readonly (readonly [name: string, value: Uint8Array])[]
  /**
   * Resolves when all that was noted until now is kept; undefined when it is already, as always in memory. Rejects when
   * it cannot be kept at the moment: what hangs on it must not be promised to anybody.
   */
  settled(): Promise<void> | undefined
  /** Why nothing new should be taken at the moment, for people; undefined when all is well. */
  readonly trouble: string | undefined
  /** Of an earlier life; asked once, at the start. */
  load(): SavedState
  close(): Promise<void>
}
