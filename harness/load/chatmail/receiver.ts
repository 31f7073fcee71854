// The receiving side of a pair: an IMAP session that idles, fetches what it is told of, and holds every message against the
// ledger. Used by pair sessions.
import type { ImapClient, ImapIdle, ImapMessage } from '../../clients/imap.ts'
import { timeNow } from '../thread/clock.ts'
import type { SessionUser } from '../thread/virtual-user.ts'
import type { LoadAssets, PlacedAccount } from './assets.ts'
import { countTraffic, openInbox } from './connections.ts'
import type { Ledger } from './ledger.ts'
import { isIntact, pooled, readLabel } from './message.ts'
import type { ThreadState } from './thread-state.ts'

/** How long one IDLE lasts at most (RFC 2177 wants less than half an hour), and the pause before a lost session is opened anew. */
const longestIdle = 15 * 60_000
const reconnectAfter = 500

/** One account of a virtual user, from session to session. */
export interface Mailbox {
  /** Among the accounts of the run. */
  readonly index: number
  readonly account: PlacedAccount
  readonly ledger: Ledger
  /** First UID not looked at; undefined before the first session. */
  nextUid: number | undefined
}

export class Receiver {
  readonly #vu: SessionUser
  readonly #assets: LoadAssets
  readonly #thread: ThreadState
  readonly #mailbox: Mailbox
  /** Of the iteration that opened it. */
  readonly #signal: AbortSignal | undefined
  #client: ImapClient
  /** Messages in the mailbox that have been looked at. */
  #seen: number
  #idle: ImapIdle | undefined
  #closing = false
  #work: Promise<void> = Promise.resolve()
  #changed: (() => void) | undefined
  /** UIDs to be deleted at the end. */
  readonly #ours: number[] = []

  static async open(vu: SessionUser, thread: ThreadState, mailbox: Mailbox): Promise<Receiver> {
    const { client, uidNext } = await openInbox(vu, thread.assets, mailbox.account)
    if (mailbox.nextUid === undefined && client.exists > 0) {
      // Somebody may have got here what is not for them, before they came.
      mailbox.nextUid = await firstOfRun(client, thread.assets.runId)
    }
    const isFresh = mailbox.nextUid === undefined
    mailbox.nextUid ??= uidNext
    const receiver = new Receiver(vu, thread, mailbox, client, isFresh ? client.exists : 0)
    receiver.#work = receiver.#receive()
    return receiver
  }

  private constructor(vu: SessionUser, thread: ThreadState, mailbox: Mailbox, client: ImapClient, seen: number) {
    this.#vu = vu
    this.#assets = thread.assets
    this.#thread = thread
    thread.idlers++
    this.#mailbox = mailbox
    this.#signal = vu.iteration?.signal
    this.#client = client
    this.#seen = seen
  }

  /** Until nothing is missing, but not beyond `until` on the clock. */
  async settled(until: number): Promise<void> {
    while (this.#mailbox.ledger.missing > 0) {
      const left = until - timeNow()
      if (left <= 0 || this.#aborted) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#changed = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  get missing(): number {
    return this.#mailbox.ledger.missing
  }

  /** Looks once more for what nobody expects, deletes the messages of this run, and says goodbye. */
  async close(): Promise<void> {
    this.#closing = true
    const idle = this.#idle
    this.#idle = undefined
    try {
      if (idle === undefined) await this.#work
      else await idle.done()
      if (this.#client.closed) return
      await this.#client.noop()
      await this.#fetchNew(undefined)
      if (this.#ours.length > 0) {
        const ours = this.#ours.join(',')
        await this.#client.uidStore(ours, '+FLAGS.SILENT', ['\\Deleted'])
        // EXPUNGE also removes what others have marked.
        if (this.#client.capabilities.has('UIDPLUS')) await this.#client.uidExpunge(ours)
        else await this.#client.expunge()
      }
    } finally {
      this.#thread.idlers--
      this.countTraffic()
      await this.#client[Symbol.asyncDispose]()
    }
  }

  countTraffic(): void {
    countTraffic(this.#vu, this.#client)
  }

  get #aborted(): boolean {
    return this.#signal?.aborted ?? true
  }

  async #receive(): Promise<void> {
    while (!this.#closing && !this.#aborted) {
      try {
        await this.#idleOnce()
      } catch {
        // The session is over. What does not arrive for that reason is found missing at the end.
        this.countTraffic()
        this.#client.close()
        if (this.#closing || this.#aborted) return
        await new Promise((resolve) => setTimeout(resolve, reconnectAfter))
        await this.#reopen()
      }
    }
  }

  async #reopen(): Promise<void> {
    try {
      const { client } = await openInbox(this.#vu, this.#assets, this.#mailbox.account)
      this.#client = client
      this.#seen = 0
    } catch {
      // The next round tries again.
    }
  }

  async #idleOnce(): Promise<void> {
    if (this.#client.exists > this.#seen) await this.#fetchNew(undefined)
    if (this.#closing) return
    const idle = await this.#client.idle()
    if (this.#closing) {
      await idle.done()
      return
    }
    this.#idle = idle
    const told =
      this.#client.exists > this.#seen
        ? undefined
        : await this.#client.waitFor(({ type }) => type === 'EXISTS', longestIdle)
    // close() may have ended it in the meantime.
    if (this.#idle !== idle) return
    this.#idle = undefined
    await idle.done()
    this.#client.events()
    await this.#fetchNew(told === undefined ? undefined : performance.timeOrigin + told.at)
  }

  /** `told`: when the server told of it, on the clock of all threads. */
  async #fetchNew(told: number | undefined): Promise<void> {
    const client = this.#client
    const { exists } = client
    if (exists <= this.#seen) return
    const from = this.#mailbox.nextUid ?? 1
    const began = performance.now()
    const { reply, messages } = await client.uidFetch(`${from}:*`, '(UID BODY.PEEK[])')
    if (reply.status !== 'OK') throw new Error(`UID FETCH: ${reply.status} ${reply.text}`)
    const took = performance.now() - began
    this.#seen = exists
    // Of `n:*` a server gives the last message, even when its UID is lower than n (RFC 3501 6.4.8).
    const fresh = messages.filter(({ uid = 0 }) => uid >= from)
    if (fresh.length === 0) return
    this.#vu.add('imap_fetch_duration', took)
    this.#mailbox.nextUid = Math.max(...fresh.map(({ uid = 0 }) => uid)) + 1
    for (const message of fresh) this.#received(message, told)
    this.#changed?.()
  }

  #received({ uid = 0, sections }: ImapMessage, told: number | undefined): void {
    const bytes = sections.get('')
    const label = bytes && readLabel(this.#assets.runId, bytes)
    if (!label) return
    const vu = this.#vu
    const sent = pooled(this.#assets, label)?.payload
    const arrived = this.#mailbox.ledger.arrived(label, sent !== undefined && isIntact(bytes, label.body, sent))
    this.#ours.push(uid)
    vu.add('messages_received', 1)
    if (arrived.what === 'duplicate') vu.add('messages_duplicated', 1)
    if (arrived.what === 'leaked') vu.add('messages_leaked', 1)
    if (arrived.what === 'late') vu.add('messages_late', 1)
    if (arrived.what === 'corrupted') vu.add('messages_corrupted', 1)
    if (!('due' in arrived)) return
    if (arrived.reordered) vu.add('messages_reordered', 1)
    vu.add('delivery_failed', arrived.what === 'corrupted' ? 1 : 0)
    // The tag only where there is one: the many short texts take the short way.
    const tags = label.attachment === undefined ? undefined : { attachment: label.attachment }
    const now = timeNow()
    vu.add('delivery_duration', now - arrived.due, tags)
    vu.add('delivery_duration_closed', now - arrived.began)
    if (told !== undefined && told >= arrived.began) vu.add('imap_idle_notify_duration', told - arrived.began)
  }
}

/** The UID of the first message of this run that is there; undefined when none is. */
async function firstOfRun(client: ImapClient, runId: string): Promise<number | undefined> {
  const { messages } = await client.uidFetch('1:*', '(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])')
  return messages.find(({ sections }) => [...sections.values()].some((head) => head !== null && readLabel(runId, head)))
    ?.uid
}
