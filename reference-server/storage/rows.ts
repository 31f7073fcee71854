// Reads everything but the bodies out of mail.sqlite at the start. Used by the SQLite storage.
import type { DatabaseSync } from 'node:sqlite'
import type { SavedMailbox, SavedMessage, SavedStore } from '../mailbox/changes.ts'
import type { SavedAccount, SavedState } from './types.ts'

/** Gives the octets of a body that is kept. */
export type ReadBody = (body: number) => Uint8Array

export function loadState(db: DatabaseSync, readBody: ReadBody): SavedState {
  const accounts = db.prepare('SELECT * FROM accounts').all() as unknown as AccountRow[]
  const messages = loadMessages(db, readBody)
  const mailboxes = new Map<number, SavedMailbox[]>()
  for (const row of db.prepare('SELECT * FROM mailboxes').iterate() as Iterable<unknown> as Iterable<MailboxRow>) {
    const { store, name, validity } = row
    append(mailboxes, store, {
      ...{ name, uidValidity: validity, uidNext: row.uid_next, highestModseq: row.modseq, recentFrom: row.recent_from },
      messages: messages.get(`${store}/${validity}`) ?? [],
    })
  }
  const metadata = new Map<number, (readonly [string, readonly string[]])[]>()
  for (const row of db.prepare('SELECT * FROM metadata').all() as unknown as MetadataRow[]) {
    append(metadata, row.store, [JSON.parse(row.key) as string, JSON.parse(row.entries) as string[]] as const)
  }
  const stores = (db.prepare('SELECT * FROM stores').all() as unknown as StoreRow[]).map(
    ({ id, next_validity, subscriptions }): SavedStore & { id: number } => ({
      ...{ id, nextValidity: next_validity, subscriptions: JSON.parse(subscriptions) as string[] },
      ...{ metadata: metadata.get(id) ?? [], mailboxes: mailboxes.get(id) ?? [] },
    }),
  )
  return { accounts: accounts.map(accountOf), stores }
}

function loadMessages(db: DatabaseSync, readBody: ReadBody): Map<string, SavedMessage[]> {
  const messages = new Map<string, SavedMessage[]>()
  // Most messages have one of a few sets of flags.
  const flagSets = new Map<string, readonly string[]>()
  const flagsOf = (text: string) => {
    const known = flagSets.get(text) ?? text.split(' ').filter(Boolean)
    if (flagSets.size < 1_000) flagSets.set(text, known)
    return known
  }
  const rows = db.prepare('SELECT * FROM messages ORDER BY store, validity, uid').iterate()
  for (const row of rows as Iterable<unknown> as Iterable<MessageRow>) {
    const { uid, size, saved, modseq, body } = row
    append(messages, `${row.store}/${row.validity}`, {
      ...{ uid, size, saved, modseq, internalDate: row.internal_date, flags: flagsOf(row.flags) },
      content: () => readBody(body),
    })
  }
  return messages
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

function accountOf({ address, store, salt, hash, created, last_login }: AccountRow): SavedAccount {
  return { address, store, salt, hash, created, lastLogin: last_login }
}

interface AccountRow {
  readonly address: string
  readonly store: number
  readonly salt: Uint8Array
  readonly hash: Uint8Array
  readonly created: number
  readonly last_login: number
}

interface StoreRow {
  readonly id: number
  readonly next_validity: number
  /** JSON. */
  readonly subscriptions: string
}

interface MetadataRow {
  readonly store: number
  /** JSON both: the key has a NUL in it, which text in SQLite takes badly. */
  readonly key: string
  readonly entries: string
}

interface MailboxRow {
  readonly store: number
  readonly validity: number
  readonly name: string
  readonly uid_next: number
  readonly modseq: number
  readonly recent_from: number
}

interface MessageRow {
  readonly store: number
  readonly validity: number
  readonly uid: number
  readonly size: number
  readonly internal_date: number
  readonly saved: number
  readonly modseq: number
  /** Separated by spaces. */
  readonly flags: string
  readonly body: number
}
