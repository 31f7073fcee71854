// Looking into mailboxes, waiting for mail, and putting mail there: powers of a test suite over a reference server.
import type { Accounts, User } from '../accounts.ts'
import { parseEntity } from '../filter/mime.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { StoredMessage } from '../mailbox/message.ts'
import { NoSuchThing } from './no-such-thing.ts'
import { withCrlf } from './with-crlf.ts'

/** A message in a mailbox, as test suites see it. */
export interface SeenMessage {
  readonly uid: number
  /** With angle brackets, as written; null without one. */
  readonly messageId: string | null
  /** In their order; values unfolded. */
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly flags: readonly string[]
  /** Milliseconds since 1970: INTERNALDATE. */
  readonly internalDate: number
  /** Bytes. */
  readonly size: number
  /** As IMAP gives it, CRLF line ends. */
  readonly raw: Uint8Array
}

/** What to wait for; all that is given must hold. At least one message when nothing is. */
export interface Wanted {
  /** `INBOX` when absent. */
  readonly mailbox?: string
  readonly atLeast?: number
  /** With angle brackets. */
  readonly messageId?: string
  /** Only messages with a higher UID count, and are answered. */
  readonly afterUid?: number
  /** Ends the waiting: what is there by then is the answer. */
  readonly signal?: AbortSignal
}

export interface Awaited {
  /** Whether what was wanted is there. */
  readonly complete: boolean
  readonly messages: readonly SeenMessage[]
}

export interface MailPowers {
  /** Of one mailbox, by UID. Throws NoSuchThing for an account or a mailbox that does not exist. */
  messages(address: string, mailbox?: string): readonly SeenMessage[]
  /** Answers as soon as the mail is there, or with what is there when `signal` is aborted. */
  waitForMail(address: string, wanted?: Wanted): Promise<Awaited>
  /** Puts a message into a mailbox as it is, judged by nobody; the mailbox is made when it is not there. */
  store(address: string, message: string | Uint8Array, options?: StoreOptions): SeenMessage
}

export interface StoreOptions {
  readonly mailbox?: string
  readonly flags?: readonly string[]
  /** Milliseconds since 1970. */
  readonly internalDate?: number
}

export function createMailPowers(accounts: Accounts): MailPowers {
  const open = (address: string, name = 'INBOX'): Mailbox => {
    const mailbox = userOf(accounts, address).store.get(name)
    if (mailbox === undefined) throw new NoSuchThing(`${address} has no mailbox ${name}`)
    return mailbox
  }
  return {
    messages: (address, mailbox) => open(address, mailbox).messages.map(seen),
    waitForMail(address, wanted = {}) {
      const mailbox = open(address, wanted.mailbox)
      const { signal } = wanted
      return new Promise((resolve) => {
        const look = () => {
          const found = mailbox.messages.filter(({ uid }) => uid > (wanted.afterUid ?? 0))
          const complete = isComplete(found, wanted)
          if (!complete && signal?.aborted !== true) return
          stop()
          signal?.removeEventListener('abort', look)
          resolve({ complete, messages: found.map(seen) })
        }
        const stop = mailbox.subscribe(look)
        signal?.addEventListener('abort', look)
        look()
      })
    },
    store(address, message, { mailbox = 'INBOX', ...options } = {}) {
      const { store } = userOf(accounts, address)
      const target = store.get(mailbox) ?? store.create(mailbox)
      if (target === undefined) throw new NoSuchThing(`${address} cannot have another mailbox`)
      return seen(target.append(withCrlf(message), options))
    },
  }
}

/** Throws NoSuchThing. */
export function userOf(accounts: Pick<Accounts, 'find'>, address: string): User {
  const user = accounts.find(address)
  if (user === undefined) throw new NoSuchThing(`there is no account ${address}`)
  return user
}

function isComplete(found: readonly StoredMessage[], { atLeast, messageId }: Wanted): boolean {
  if (found.length < (atLeast ?? (messageId === undefined ? 1 : 0))) return false
  return messageId === undefined || found.some((message) => seen(message).messageId === messageId)
}

function seen({ uid, bytes, flags, internalDate }: StoredMessage): SeenMessage {
  const { headers } = parseEntity(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return {
    uid,
    messageId: headers.find(({ name }) => name === 'message-id')?.value ?? null,
    headers: headers.map(({ name, raw, value }) => ({ name: raw.slice(0, name.length) || name, value })),
    flags: [...flags],
    internalDate,
    size: bytes.length,
    raw: bytes,
  }
}
