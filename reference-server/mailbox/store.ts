// All mailboxes of one account, with its device tokens and other private metadata. Made by the accounts, used everywhere.
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
}

export class MailStore {
  readonly inbox: Mailbox
  /** Names of LSUB; INBOX is subscribed from the beginning. */
  readonly subscriptions = new Set<string>(['INBOX'])
  /** Private metadata by mailbox name, NUL and key, each with its values in the order they came: device tokens are several. */
  readonly metadata = new Map<string, string[]>()
  readonly #options: MailStoreOptions
  readonly #mailboxes = new Map<string, Mailbox>()
  #nextValidity: number
  #usage = 0

  constructor(options: MailStoreOptions) {
    this.#options = options
    // Seconds since 1970 as deployed servers use them; the seed only shifts, so values stay 32-bit and non-zero.
    const seconds = Math.floor(options.clock.now() / 1000) + ((options.seed ?? 0) % 100_000)
    this.#nextValidity = Math.max(1, seconds % 0xffff_0000)
    this.inbox = this.#add('INBOX')
  }

  /** Bytes of all messages in all mailboxes: what the quota counts. */
  get usageBytes(): number {
    return this.#usage
  }

  /** Device tokens of INBOX in the order they were set: where pushes go. */
  get deviceTokens(): readonly string[] {
    return this.metadata.get(metadataKey('INBOX', '/private/devicetoken')) ?? []
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
    }
    return true
  }

  #add(name: string): Mailbox {
    const mailbox = new Mailbox({
      name,
      uidValidity: this.#nextValidity++,
      clock: this.#options.clock,
      storage: this.#options.storage ?? (() => conformingStorage),
      grew: (bytes) => {
        this.#usage += bytes
      },
    })
    this.#mailboxes.set(name, mailbox)
    return mailbox
  }
}

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
