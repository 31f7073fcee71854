// Writes a batch of changes into the tables. Used by the SQLite storage, inside a transaction.
import type { DatabaseSync } from 'node:sqlite'
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { StoredMessage } from '../mailbox/message.ts'
import type { MailStore } from '../mailbox/store.ts'
import type { Batch } from './batch.ts'

/** Answers where the bodies of the new messages are. */
export type WriteBatch = (batch: Batch) => readonly (readonly [message: StoredMessage, body: number])[]

export function createBatchWriter(db: DatabaseSync): WriteBatch {
  const sql = {
    account: db.prepare('INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?, ?)'),
    noAccount: db.prepare('DELETE FROM accounts WHERE address = ?'),
    store: db.prepare('INSERT OR REPLACE INTO stores VALUES (?, ?, ?)'),
    metadata: db.prepare('INSERT OR REPLACE INTO metadata VALUES (?, ?, ?)'),
    noMetadata: db.prepare('DELETE FROM metadata WHERE store = ? AND key = ?'),
    mailbox: db.prepare('INSERT OR REPLACE INTO mailboxes VALUES (?, ?, ?, ?, ?, ?)'),
    message: db.prepare('INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    body: db.prepare('INSERT INTO bodies (octets) VALUES (?)'),
    flags: db.prepare('UPDATE messages SET flags = ?, modseq = ? WHERE store = ? AND validity = ? AND uid = ?'),
    noBody: db.prepare(
      'DELETE FROM bodies WHERE id = (SELECT body FROM messages WHERE store = ? AND validity = ? AND uid = ?)',
    ),
    noMessage: db.prepare('DELETE FROM messages WHERE store = ? AND validity = ? AND uid = ?'),
    record: db.prepare(
      'INSERT INTO records (shelf, name, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
    noRecord: db.prepare('DELETE FROM records WHERE shelf = ? AND name = ?'),
  }
  const bodiesOf = 'DELETE FROM bodies WHERE id IN (SELECT body FROM messages WHERE store = ?'
  const goneStore = [
    db.prepare(`${bodiesOf})`),
    ...['messages', 'mailboxes', 'metadata'].map((table) => db.prepare(`DELETE FROM ${table} WHERE store = ?`)),
    db.prepare('DELETE FROM stores WHERE id = ?'),
  ]
  const goneMailbox = [
    db.prepare(`${bodiesOf} AND validity = ?)`),
    ...['messages', 'mailboxes'].map((table) => db.prepare(`DELETE FROM ${table} WHERE store = ? AND validity = ?`)),
  ]

  const writeStore = (store: MailStore) => {
    sql.store.run(store.id, store.nextValidity, JSON.stringify([...store.subscriptions]))
  }
  const writeMailbox = (store: MailStore, mailbox: Mailbox) => {
    const { name, uidValidity, uidNext, highestModseq, recentFrom } = mailbox
    sql.mailbox.run(store.id, uidValidity, name, uidNext, highestModseq, recentFrom)
  }
  const writeMessage = (store: MailStore, mailbox: Mailbox, message: StoredMessage): number => {
    const { uid, size, saved, modseq } = message
    const body = Number(sql.body.run(message.bytes).lastInsertRowid)
    const dates = [whole(message.internalDate), whole(saved)] as const
    sql.message.run(store.id, mailbox.uidValidity, uid, size, ...dates, modseq, flagText(message), body)
    return body
  }

  return (batch) => {
    for (const { id } of batch.goneStores) for (const statement of goneStore) statement.run(id)
    for (const [{ uidValidity }, { id }] of batch.goneMailboxes) {
      for (const statement of goneMailbox) statement.run(id, uidValidity)
    }
    for (const store of batch.stores) writeStore(store)
    for (const [store, entries] of batch.metadata) {
      for (const [key, values] of entries) {
        if (values.length === 0) sql.noMetadata.run(store.id, JSON.stringify(key))
        else sql.metadata.run(store.id, JSON.stringify(key), JSON.stringify(values))
      }
    }
    for (const [mailbox, store] of batch.mailboxes) writeMailbox(store, mailbox)
    for (const [{ uid }, { store, mailbox }] of batch.expunged) {
      sql.noBody.run(store.id, mailbox.uidValidity, uid)
      sql.noMessage.run(store.id, mailbox.uidValidity, uid)
    }
    for (const [message, { store, mailbox }] of batch.flags) {
      sql.flags.run(flagText(message), message.modseq, store.id, mailbox.uidValidity, message.uid)
    }
    const bodies: (readonly [StoredMessage, number])[] = []
    for (const [message, { store, mailbox }] of batch.appended) {
      bodies.push([message, writeMessage(store, mailbox, message)])
    }
    for (const [address, account] of batch.accounts) {
      if (account === undefined) sql.noAccount.run(address)
      else {
        const { store, salt, hash, created, lastLogin } = account
        sql.account.run(address, store.id, salt, hash, created, lastLogin)
      }
    }
    for (const { shelf, name, value } of batch.records) {
      if (value === undefined) sql.noRecord.run(shelf, name)
      else sql.record.run(shelf, name, value)
    }
    return bodies
  }
}

function flagText({ flags }: StoredMessage): string {
  return [...flags].join(' ')
}

/** A date that is none would be NULL. */
function whole(date: number): number {
  return Number.isFinite(date) ? Math.trunc(date) : 0
}
