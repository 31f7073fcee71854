// What arrived in an account's INBOX during a lease, seen through the lease's reading session.
import type { ImapClient } from '../clients/imap.ts'
import { messageIdOf } from '../mail/parse.ts'
import type { Lease } from './account-pool.ts'
import type { Delivered, Inbox } from './types.ts'

export class LeasedInbox implements Inbox {
  readonly #lease: Lease
  readonly #minted: ReadonlySet<string>
  readonly #fetched = new Map<number, Delivered>()
  #client: ImapClient

  constructor(lease: Lease, minted: ReadonlySet<string>) {
    this.#lease = lease
    this.#minted = minted
    this.#client = lease.watch
  }

  async minted(): Promise<readonly Delivered[]> {
    return (await this.all()).filter((mail) => this.#minted.has(mail.messageId))
  }

  async all(): Promise<readonly Delivered[]> {
    await this.#client.noop()
    const from = Math.max(this.#lease.baseline, ...[...this.#fetched.keys()].map((uid) => uid + 1))
    // `n:*` always names the last message, even one below n (RFC 3501 6.4.8).
    const { messages } = await this.#client.uidFetch(`${from}:*`, '(UID FLAGS BODY.PEEK[])')
    for (const message of messages) {
      const bytes = message.sections.get('')
      if (message.uid === undefined || message.uid < from || !bytes) continue
      this.#fetched.set(message.uid, {
        uid: message.uid,
        messageId: messageIdOf(bytes) ?? '',
        flags: message.flags ?? [],
        bytes,
      })
    }
    return [...this.#fetched.values()].sort((a, b) => a.uid - b.uid)
  }

  /** Looks again through a session of its own: an EXISTS that our reading session missed is no loss. */
  async lookAfresh(open: () => Promise<ImapClient>): Promise<void> {
    const client = await open()
    const selected = await client.select('INBOX')
    if (!selected.ok) return
    this.#client = client
  }
}
