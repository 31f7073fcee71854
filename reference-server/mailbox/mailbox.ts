// One mailbox: messages in UID order, flags, mod-sequences, change events. Used by IMAP sessions, delivery and expiry.
import type { SavedMailbox, StoreChange } from './changes.ts'
import {
  type AppendOptions,
  type MailboxChange,
  type MailboxListener,
  Message,
  type StorageBehaviour,
  type StoredMessage,
} from './message.ts'

export interface MailboxOptions {
  readonly name: string
  readonly uidValidity: number
  readonly clock: { now(): number }
  readonly storage: () => StorageBehaviour
  /** Called with the change of the mailbox's size in bytes. */
  readonly grew?: (bytes: number) => void
  /** Called with every change that must outlive the process. */
  readonly changed?: (change: StoreChange) => void
  /** Of an earlier life. */
  readonly saved?: SavedMailbox
}

export type FlagMode = 'add' | 'remove' | 'replace'

export class Mailbox {
  name: string
  readonly uidValidity: number
  readonly #options: MailboxOptions
  readonly #listeners = new Set<MailboxListener>()
  #messages: StoredMessage[] = []
  #uidNext = 1
  #highestModseq = 1
  #recentFrom = 1
  #bytes = 0

  constructor(options: MailboxOptions) {
    this.name = options.name
    this.uidValidity = options.uidValidity
    this.#options = options
    const { saved } = options
    if (saved === undefined) return
    this.#messages = saved.messages.map((message) => new Message(message))
    this.#uidNext = saved.uidNext
    this.#highestModseq = saved.highestModseq
    this.#recentFrom = saved.recentFrom
    this.#resize(saved.messages.reduce((sum, message) => sum + message.size, 0))
  }

  /** As plain data, to make it again. */
  get saved(): SavedMailbox {
    const { name, uidValidity, uidNext, highestModseq, recentFrom } = this
    const messages = this.#messages.map((message) => ({
      ...{ uid: message.uid, size: message.size, internalDate: message.internalDate, saved: message.saved },
      ...{ content: message.bytes, flags: [...message.flags], modseq: message.modseq },
    }))
    return { name, uidValidity, uidNext, highestModseq, recentFrom, messages }
  }

  /** Ascending by UID. The array is replaced, never changed in place, when messages are expunged. */
  get messages(): readonly StoredMessage[] {
    return this.#messages
  }

  get uidNext(): number {
    return this.#uidNext
  }

  get highestModseq(): number {
    return this.#highestModseq
  }

  get bytes(): number {
    return this.#bytes
  }

  /** UIDs from this one on are `\Recent` for the next session that selects the mailbox. */
  get recentFrom(): number {
    return this.#recentFrom
  }

  /** What is here now is recent for the caller and nobody else (RFC 3501 2.3.2). */
  claimRecent(): number {
    const from = this.#recentFrom
    if (from === this.#uidNext) return from
    this.#recentFrom = this.#uidNext
    this.#options.changed?.({ kind: 'recent', mailbox: this })
    return from
  }

  append(bytes: Uint8Array, options: AppendOptions = {}): StoredMessage {
    const now = this.#options.clock.now()
    const given = this.#options.storage().internalDate === 'given' ? options.internalDate : undefined
    const message = new Message({
      uid: this.#uidNext++,
      size: bytes.byteLength,
      content: bytes,
      internalDate: given ?? now,
      flags: [...(options.flags ?? [])],
      modseq: ++this.#highestModseq,
      saved: now,
    })
    this.#messages.push(message)
    this.#resize(bytes.byteLength)
    this.#options.changed?.({ kind: 'appended', mailbox: this, message })
    this.#tell({ kind: 'appended', messages: [message] }, options.origin)
    return message
  }

  byUid(uid: number): StoredMessage | undefined {
    let low = 0
    let high = this.#messages.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const message = this.#messages[middle]
      if (message === undefined) return undefined
      if (message.uid === uid) return message
      if (message.uid < uid) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }

  /** Removes the messages with these UIDs; answers those that were really there, ascending. */
  expunge(uids: Iterable<number>, origin?: unknown): readonly number[] {
    const wanted = new Set(uids)
    const gone = this.#messages.filter((message) => wanted.has(message.uid))
    if (gone.length === 0) return []
    this.#highestModseq++
    if (this.#options.storage().expunged === 'removed') {
      this.#messages = this.#messages.filter((message) => !wanted.has(message.uid))
      this.#resize(-gone.reduce((sum, message) => sum + message.size, 0))
      this.#options.changed?.({ kind: 'expunged', mailbox: this, messages: gone })
    }
    if (this.#options.storage().uidReuse === 'after-expunge') {
      this.#uidNext = (this.#messages.at(-1)?.uid ?? 0) + 1
    }
    const removed = gone.map((message) => message.uid)
    this.#tell({ kind: 'expunged', uids: removed }, origin)
    return removed
  }

  /** Changes flags; answers the messages that exist, whether or not their flags were other before. */
  setFlags(uids: Iterable<number>, mode: FlagMode, flags: Iterable<string>, origin?: unknown): StoredMessage[] {
    const wanted = [...flags]
    const found: StoredMessage[] = []
    const changed: StoredMessage[] = []
    const lost = this.#options.storage().flagChanges === 'lost'
    for (const uid of uids) {
      const message = this.byUid(uid)
      if (message === undefined) continue
      found.push(message)
      if (lost || !changeFlags(message.flags, mode, wanted)) continue
      changed.push(message)
    }
    if (changed.length > 0) {
      this.#highestModseq++
      for (const message of changed) message.modseq = this.#highestModseq
      this.#options.changed?.({ kind: 'flags', mailbox: this, messages: changed })
      this.#tell({ kind: 'flags', messages: changed }, origin)
    }
    return found
  }

  /** Sessions that have it selected. */
  get watched(): number {
    return this.#listeners.size
  }

  subscribe(listener: MailboxListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells the sessions that have it selected that the mailbox itself was deleted. */
  close(origin?: unknown): void {
    this.#resize(-this.#bytes)
    this.#tell({ kind: 'gone' }, origin)
  }

  #resize(bytes: number): void {
    this.#bytes += bytes
    this.#options.grew?.(bytes)
  }

  #tell(change: MailboxChange, origin: unknown): void {
    for (const listener of [...this.#listeners]) listener(change, origin)
  }
}

function changeFlags(have: Set<string>, mode: FlagMode, wanted: readonly string[]): boolean {
  const before = [...have]
  if (mode === 'replace') have.clear()
  for (const flag of wanted) {
    if (mode === 'remove') have.delete(flag)
    else have.add(flag)
  }
  return before.length !== have.size || before.some((flag) => !have.has(flag))
}
