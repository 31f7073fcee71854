// The storage in an SQLite file. Group commit: what happens in one turn of the event loop is one transaction, and the disk
// has it before anybody is told. Opened by storage/open.ts.
import { statfsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../clock.ts'
import { Message, type StoredMessage } from '../mailbox/message.ts'
import { newBatch, note } from './batch.ts'
import { loadState } from './rows.ts'
import type { Change, Shelf, Storage } from './types.ts'
import { createBatchWriter } from './write-batch.ts'

/** New messages stay in memory as well, up to so many octets: their recipients fetch them soon. */
const recentBytes = 16 * 1024 * 1024
const retryMs = 1_000
const nothing = new Uint8Array(0)

export interface DataFolderOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>
  /** Octets that must stay free on the disk; below, nothing new is taken. 32 MiB when absent. */
  readonly spareBytes?: number
}

interface Waiting {
  readonly promise: Promise<void>
  resolve(): void
  reject(reason: Error): void
}

export function createSqliteStorage(db: DatabaseSync, folder: string, options: DataFolderOptions): Storage {
  const { clock, spareBytes = 32 * 1024 * 1024 } = options
  const write = createBatchWriter(db)
  const selectBody = db.prepare('SELECT octets FROM bodies WHERE id = ?')
  const readBody = (body: number) => (selectBody.get(body)?.octets as Uint8Array | undefined) ?? nothing
  const recent = new Map<Message, number>()
  let recentSize = 0
  let batch = newBatch()
  let scheduled = false
  let waiting: Waiting | undefined
  let failure: string | undefined
  let stopTimer = () => {}
  let hasTimer = false
  let closed = false
  let isShort = false
  let measured = Number.NEGATIVE_INFINITY

  const schedule = () => {
    if (scheduled || closed) return
    scheduled = true
    // After all input of this turn has been worked on: the more there is, the more share one write to the disk.
    setImmediate(commit)
  }

  /** For what may be lost by a kill: goes with the next commit. */
  const scheduleSoon = () => {
    if (scheduled || hasTimer) return
    hasTimer = true
    stopTimer = clock.after(retryMs, schedule)
  }

  const commit = () => {
    if (!scheduled) return
    scheduled = false
    stopTimer()
    hasTimer = false
    const waiters = waiting
    waiting = undefined
    try {
      db.exec('BEGIN IMMEDIATE')
      const bodies = write(batch)
      db.exec('COMMIT')
      batch = newBatch()
      failure = undefined
      for (const [message, body] of bodies) release(message, body)
      waiters?.resolve()
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      failure = error instanceof Error ? error.message : String(error)
      // The batch stays, and is tried again with whatever comes.
      scheduleSoon()
      waiters?.reject(new Error(`cannot be kept: ${failure}`))
    }
  }

  const release = (message: StoredMessage, body: number) => {
    if (!(message instanceof Message)) return
    recent.set(message, body)
    recentSize += message.size
    for (const [oldest, kept] of recent) {
      if (recentSize <= recentBytes) break
      oldest.moveTo(() => readBody(kept))
      recent.delete(oldest)
      recentSize -= oldest.size
    }
  }

  /** Other sessions that have the mailbox selected may still read what this one removes. */
  const retain = (messages: readonly StoredMessage[], watched: number) => {
    for (const message of messages) {
      if (!(message instanceof Message)) continue
      if (recent.delete(message)) recentSize -= message.size
      else if (watched > 1) message.moveTo(message.bytes)
    }
  }

  const isDiskShort = () => {
    const now = clock.now()
    if (now - measured < retryMs) return isShort
    measured = now
    const { bavail, bsize } = statfsSync(folder)
    isShort = bavail * bsize < spareBytes
    return isShort
  }

  /** A session may still be busy in a mailbox that is gone. */
  const gone = new WeakSet<object>()
  const isOver = (change: Change) =>
    change.kind === 'store' &&
    (gone.has(change.store) || ('mailbox' in change.change && gone.has(change.change.mailbox)))

  return {
    changed(change: Change) {
      if (isOver(change)) return
      if (change.kind === 'store-gone') gone.add(change.store)
      if (change.kind === 'store' && change.change.kind === 'mailbox-gone') gone.add(change.change.mailbox)
      if (change.kind === 'store' && change.change.kind === 'expunged') {
        retain(change.change.messages, change.change.mailbox.watched)
      }
      note(batch, change)
      if (change.kind === 'store' && change.change.kind === 'recent') scheduleSoon()
      else schedule()
    },
    put(shelf, name, value) {
      batch.records.push({ shelf, name, value })
      schedule()
    },
    records(shelf: Shelf) {
      commit()
      const rows = db.prepare('SELECT name, value FROM records WHERE shelf = ? ORDER BY number').all(shelf)
      return rows.map(({ name, value }) => [String(name), value as Uint8Array] as const)
    },
    settled() {
      if (!scheduled) return undefined
      waiting ??= newWaiting()
      return waiting.promise
    },
    get trouble() {
      return failure ?? (isDiskShort() ? 'the disk is full' : undefined)
    },
    load: () => loadState(db, readBody),
    async close() {
      if (closed) return
      schedule()
      commit()
      closed = true
      db.close()
    },
  }
}

function newWaiting(): Waiting {
  let resolve = () => {}
  let reject = (_reason: Error) => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
