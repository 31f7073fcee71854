// What has changed since the last commit, each thing once however often it changed. Filled and emptied by the SQLite storage.
import type { StoreChange } from '../mailbox/changes.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { StoredMessage } from '../mailbox/message.ts'
import type { MailStore } from '../mailbox/store.ts'
import type { Change, KeptAccount, Shelf } from './types.ts'

interface Place {
  readonly store: MailStore
  readonly mailbox: Mailbox
}

export interface Batch {
  /** Undefined: gone. */
  readonly accounts: Map<string, KeptAccount | undefined>
  readonly stores: Set<MailStore>
  readonly goneStores: Set<MailStore>
  readonly mailboxes: Map<Mailbox, MailStore>
  readonly goneMailboxes: Map<Mailbox, MailStore>
  readonly appended: Map<StoredMessage, Place>
  readonly flags: Map<StoredMessage, Place>
  readonly expunged: Map<StoredMessage, Place>
  readonly metadata: Map<MailStore, Map<string, readonly string[]>>
  /** In the order they came; without a value: removed. */
  readonly records: { readonly shelf: Shelf; readonly name: string; readonly value: Uint8Array | undefined }[]
}

export function newBatch(): Batch {
  return {
    ...{
      accounts: new Map(),
      stores: new Set(),
      goneStores: new Set(),
      mailboxes: new Map(),
      goneMailboxes: new Map(),
    },
    ...{ appended: new Map(), flags: new Map(), expunged: new Map(), metadata: new Map(), records: [] },
  }
}

export function note(batch: Batch, change: Change): void {
  switch (change.kind) {
    case 'account':
      batch.accounts.set(change.account.address, change.account)
      break
    case 'account-gone':
      batch.accounts.set(change.address, undefined)
      break
    case 'store-gone':
      forgetStore(batch, change.store)
      batch.goneStores.add(change.store)
      break
    case 'store':
      noteInStore(batch, change.store, change.change)
  }
}

function noteInStore(batch: Batch, store: MailStore, change: StoreChange): void {
  switch (change.kind) {
    case 'subscriptions':
      batch.stores.add(store)
      return
    case 'metadata': {
      const changed = batch.metadata.get(store) ?? new Map<string, readonly string[]>()
      batch.metadata.set(store, changed.set(change.key, change.values))
      return
    }
    case 'mailbox-gone':
      forgetMailbox(batch, change.mailbox)
      batch.goneMailboxes.set(change.mailbox, store)
      return
    default:
      noteInMailbox(batch, { store, mailbox: change.mailbox }, change)
  }
}

type MailboxContentChange = Extract<StoreChange, { kind: 'mailbox' | 'recent' | 'appended' | 'expunged' | 'flags' }>

function noteInMailbox(batch: Batch, place: Place, change: MailboxContentChange): void {
  batch.mailboxes.set(place.mailbox, place.store)
  if (change.kind === 'mailbox') batch.stores.add(place.store)
  if (change.kind === 'appended') batch.appended.set(change.message, place)
  if (change.kind === 'flags') {
    for (const message of change.messages) if (!batch.appended.has(message)) batch.flags.set(message, place)
  }
  if (change.kind === 'expunged') {
    for (const message of change.messages) {
      batch.flags.delete(message)
      // What came and went between two commits leaves nothing but a used UID.
      if (!batch.appended.delete(message)) batch.expunged.set(message, place)
    }
  }
}

function forgetStore(batch: Batch, store: MailStore): void {
  batch.stores.delete(store)
  batch.metadata.delete(store)
  for (const [mailbox, owner] of batch.mailboxes) if (owner === store) forgetMailbox(batch, mailbox)
  for (const [mailbox, owner] of batch.goneMailboxes) if (owner === store) batch.goneMailboxes.delete(mailbox)
}

function forgetMailbox(batch: Batch, mailbox: Mailbox): void {
  batch.mailboxes.delete(mailbox)
  for (const messages of [batch.appended, batch.flags, batch.expunged]) {
    for (const [message, place] of messages) if (place.mailbox === mailbox) messages.delete(message)
  }
}
