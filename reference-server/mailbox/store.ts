// All mailboxes of one account, with its device tokens and other private metadata. Made by the accounts, used everywhere.
import type { SavedMailbox, SavedStore, StoreChange } from './changes.ts'
import {
  conformingTokenRules,
  type DeviceToken,
  parseToken,
  type TokenRules,
  validTokens,
  withToken,
  writeToken,
} from './device-tokens.ts'
import { Mailbox } from './mailbox.ts'
import { conformingStorage, type StorageBehaviour } from './message.ts'

/** A hostile client must not fill the memory with mailboxes. */
const mailboxLimit = 200

export interface MailStoreOptions {
  readonly clock: { now(): number }
  /** Decides the UIDVALIDITY of the first mailbox; equal seeds and clocks give equal values. */
  readonly seed?: number
  /** Read at each change; a conforming store when absent. `() => behaviour().imap.storage` fits. */
  readonly storage?: () => StorageBehaviour
  /** Called with every change that must outlive the process. */
  readonly changed?: (change: StoreChange, store: MailStore) => void
  /** Of an earlier life. */
  readonly saved?: SavedStore
  /** Which device tokens count; conforming when absent. `() => behaviour().push` fits. */
  readonly tokenRules?: () => TokenRules
}

export class MailStore {
  /** The seed it was made with: tells the stores of a server apart. */
  readonly id: number
  readonly inbox: Mailbox
  /** Names of LSUB; INBOX is subscribed from the beginning. */
  readonly #subscriptions = new Set<string>(['INBOX'])
  /** Private metadata by mailbox name, NUL and key, each with its values; device tokens have their times with them. */
  readonly #metadata = new Map<string, readonly string[]>()
  readonly #options: MailStoreOptions
  readonly #mailboxes = new Map<string, Mailbox>()
  readonly #changed: (change: StoreChange) => void
  #nextValidity: number
  #usage = 0
  #closed = false

  constructor(options: MailStoreOptions) {
    this.#options = options
    this.id = options.seed ?? 0
    this.#changed = (change) => options.changed?.(change, this)
    // Seconds since 1970 as deployed servers use them; the seed only shifts, so values stay 32-bit and non-zero.
    const seconds = Math.floor(options.clock.now() / 1000) + ((options.seed ?? 0) % 100_000)
    this.#nextValidity = Math.max(1, seconds % 0xffff_0000)
    const { saved } = options
    if (saved !== undefined) this.#restore(saved)
    this.inbox = this.get('INBOX') ?? this.#add('INBOX')
  }

  #restore(saved: SavedStore): void {
    this.#nextValidity = saved.nextValidity
    this.#subscriptions.clear()
    for (const name of saved.subscriptions) this.#subscriptions.add(name)
    for (const [key, values] of saved.metadata) this.#metadata.set(key, values)
    for (const mailbox of saved.mailboxes) this.#add(mailbox.name, mailbox)
  }

  /** As plain data, to make it again. */
  get saved(): SavedStore {
    return {
      nextValidity: this.#nextValidity,
      subscriptions: [...this.#subscriptions],
      metadata: [...this.#metadata],
      mailboxes: this.list().map((mailbox) => mailbox.saved),
    }
  }

  get nextValidity(): number {
    return this.#nextValidity
  }

  get subscriptions(): ReadonlySet<string> {
    return this.#subscriptions
  }

  get metadata(): ReadonlyMap<string, readonly string[]> {
    return this.#metadata
  }

  subscribe(name: string): void {
    this.#subscriptions.add(canonicalName(name))
    this.#changed({ kind: 'subscriptions', names: [...this.#subscriptions] })
  }

  unsubscribe(name: string): void {
    this.#subscriptions.delete(canonicalName(name))
    this.#changed({ kind: 'subscriptions', names: [...this.#subscriptions] })
  }

  /** `key` as `metadataKey` makes it; no values: the entry is removed. */
  setMetadata(key: string, values: readonly string[]): void {
    if (values.length === 0) this.#metadata.delete(key)
    else this.#metadata.set(key, values)
    this.#changed({ kind: 'metadata', key, values })
  }

  /** Bytes of all messages in all mailboxes: what the quota counts. */
  get usageBytes(): number {
    return this.#usage
  }

  /** Device tokens of INBOX that count now, in the order they first came: where pushes go. */
  get deviceTokens(): readonly string[] {
    return validTokens(this.#storedTokens, this.#options.clock.now(), this.#tokenRules).map(({ token }) => token)
  }

  /** The newest `most` stay. */
  addDeviceToken(token: string, most = Number.POSITIVE_INFINITY): void {
    const tokens = withToken(this.#storedTokens, token, this.#options.clock.now(), this.#tokenRules)
    this.setDeviceTokens(most === Number.POSITIVE_INFINITY ? tokens : tokens.slice(-most))
  }

  removeDeviceToken(token: string): void {
    this.setDeviceTokens(this.#storedTokens.filter((one) => one.token !== token))
  }

  setDeviceTokens(tokens: readonly DeviceToken[]): void {
    this.setMetadata(deviceTokenKey, tokens.map(writeToken))
  }

  /** The account is gone: sessions that still have it are to end. */
  get closed(): boolean {
    return this.#closed
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const mailbox of this.#mailboxes.values()) mailbox.close()
  }

  get(name: string): Mailbox | undefined {
    return this.#mailboxes.get(canonicalName(name))
  }

  /** INBOX first, the others by name. */
  list(): readonly Mailbox[] {
    const others = [...this.#mailboxes.values()].filter((mailbox) => mailbox !== this.inbox)
    return [this.inbox, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))]
  }

  /** Undefined when the name is taken or there are too many. */
  create(name: string): Mailbox | undefined {
    if (this.get(name) !== undefined || this.#mailboxes.size >= mailboxLimit) return undefined
    return this.#add(canonicalName(name))
  }

  /** False for INBOX and for what does not exist. */
  delete(name: string, origin?: unknown): boolean {
    const mailbox = this.get(name)
    if (mailbox === undefined || mailbox === this.inbox) return false
    this.#mailboxes.delete(mailbox.name)
    this.#changed({ kind: 'mailbox-gone', mailbox })
    mailbox.close(origin)
    return true
  }

  /** Also renames what lies below. Renaming INBOX moves its messages (RFC 3501 6.3.5). False when it cannot be done. */
  rename(from: string, to: string): boolean {
    const source = this.get(from)
    const target = canonicalName(to)
    if (source === undefined || this.get(target) !== undefined || target.startsWith(`${source.name}.`)) return false
    if (source === this.inbox) {
      const made = this.create(target)
      if (made === undefined) return false
      for (const message of source.messages) made.append(message.bytes, message)
      source.expunge(source.messages.map((message) => message.uid))
      return true
    }
    const old = source.name
    for (const mailbox of [...this.#mailboxes.values()]) {
      if (mailbox !== source && !mailbox.name.startsWith(`${old}.`)) continue
      this.#mailboxes.delete(mailbox.name)
      mailbox.name = target + mailbox.name.slice(old.length)
      this.#mailboxes.set(mailbox.name, mailbox)
      this.#changed({ kind: 'mailbox', mailbox })
    }
    return true
  }

  /** With those that no longer count. */
  get #storedTokens(): readonly DeviceToken[] {
    return (this.#metadata.get(deviceTokenKey) ?? []).map(parseToken)
  }

  get #tokenRules(): TokenRules {
    return this.#options.tokenRules?.() ?? conformingTokenRules
  }

  #add(name: string, saved?: SavedMailbox): Mailbox {
    const mailbox = new Mailbox({
      name,
      uidValidity: saved?.uidValidity ?? this.#nextValidity++,
      ...(saved === undefined ? {} : { saved }),
      changed: this.#changed,
      clock: this.#options.clock,
      storage: this.#options.storage ?? (() => conformingStorage),
      grew: (bytes) => {
        this.#usage += bytes
      },
    })
    this.#mailboxes.set(name, mailbox)
    if (saved === undefined) this.#changed({ kind: 'mailbox', mailbox })
    return mailbox
  }
}

const deviceTokenKey = metadataKey('INBOX', '/private/devicetoken')

export function metadataKey(mailbox: string, key: string): string {
  return `${canonicalName(mailbox)}\0${key.toLowerCase()}`
}

/** INBOX is the one name without case (RFC 3501 5.1). */
export function canonicalName(name: string): string {
  if (name.length >= 5 && name.slice(0, 5).toUpperCase() === 'INBOX' && (name.length === 5 || name[5] === '.')) {
    return `INBOX${name.slice(5)}`
  }
  return name
}
