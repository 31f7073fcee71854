// How the checks of retention set their scene: mail with a date in the past, filed by APPEND, and the host's own clean-up.
import { equals, type HasMessageId, imapOk } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import type { Account } from '../../harness/host/account.ts'
import { messageIdOf } from '../../harness/mail/parse.ts'

export const hour = 3_600_000
export const day = 24 * hour

/** A job each night and one that counts full days come to 48 hours; one more for clocks that differ. */
export const grace = 49 * hour

/** The host's time, which may have been moved. */
export function hostNow(t: CheckContext): number {
  return t.host.powers.clock?.now() ?? Date.now()
}

export interface Planting {
  /** Milliseconds. */
  readonly age: number
  readonly read: boolean
  /** Octets to encrypt; a few when absent. */
  readonly size?: number
}

/** Older than whatever is kept: 100 days. */
const longAgo = 100 * 86_400_000

/** Files messages of these ages and opens the mailbox again, so that a client has seen them. They, in this order. */
export async function plant(
  t: CheckContext,
  account: Pick<Account, 'address' | 'password'>,
  plantings: readonly Planting[],
  { mailbox = 'INBOX', now = hostNow(t) }: { readonly mailbox?: string; readonly now?: number } = {},
): Promise<readonly HasMessageId[]> {
  await using client = await t.imap(account)
  const sent: HasMessageId[] = []
  const dates: string[] = []
  for (const { age, read, size } of plantings) {
    // INTERNALDATE knows whole seconds.
    const date = new Date(Math.floor((now - age) / 1000) * 1000)
    // What a sender wrote for a date is no measure: his clock is not the server's.
    const written = { date: new Date(now - longAgo) }
    const mail = await t.mail.encrypted(account, account, size === undefined ? written : { ...written, size })
    const reply = await client.append(mailbox, mail.bytes, { date, flags: read ? ['\\Seen'] : [] })
    t.control('a message with a date in the past is filed by APPEND', reply, imapOk)
    sent.push(mail)
    dates.push(date.toISOString())
  }
  t.control(`${mailbox} is opened`, (await client.select(mailbox)).reply, imapOk, { coveredBy: 'imap/selects-inbox' })
  const filed = new Map((await contentsOf(t, client)).map((message) => [message.messageId, message.internalDate]))
  const got = sent.map(({ messageId }) => filed.get(messageId)?.toISOString() ?? '')
  t.control('their INTERNALDATEs', got.join(' '), equals(dates.join(' ')), { coveredBy: 'imap/keeps-append-date' })
  return sent
}

/** The messages of the open mailbox, known by Message-ID: UIDs are what other checks judge. */
export async function contentsOf(t: CheckContext, client: ImapClient) {
  const { reply, messages } = await client.uidFetch('1:*', '(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])')
  t.control('UID FETCH 1:*', reply, imapOk)
  return messages.map(({ uid = 0, internalDate, sections }) => {
    const [header] = sections.values()
    return { uid, internalDate, messageId: messageIdOf(header ?? new Uint8Array()) ?? '' }
  })
}

export async function runExpiry(t: CheckContext): Promise<void> {
  t.note('the host runs its clean-up')
  await t.host.powers.expire?.()
}

/** Moves the host's clock. */
export async function passes(t: CheckContext, ms: number): Promise<void> {
  t.note(`${Math.round(ms / day)} days pass on the host's clock`)
  await t.host.powers.clock?.advance(ms)
}

/** Which of these messages are there, for a session of its own. */
export async function stillThere(
  t: CheckContext,
  account: Account,
  some: readonly HasMessageId[],
  mailbox = 'INBOX',
): Promise<readonly HasMessageId[]> {
  await using client = await t.imap(account)
  t.control(`${mailbox} is opened later`, (await client.select(mailbox)).reply, imapOk)
  const there = new Set((await contentsOf(t, client)).map(({ messageId }) => messageId))
  return some.filter(({ messageId }) => there.has(messageId))
}

/**
 * The host's clean-up, after which mail with a date so far back is gone, if the host counts from the `date`. If it is left, the host
 * may count from the `filing`: where its clock can be moved, the clean-up comes again when the mail has been there for so long.
 * Undefined where nothing can be known now.
 */
export async function cleanUp(
  t: CheckContext,
  age: number,
  left: () => Promise<readonly HasMessageId[]>,
): Promise<'date' | 'filing' | undefined> {
  await runExpiry(t)
  if ((await left()).length === 0) return 'date'
  if (t.host.powers.clock === undefined) {
    t.leave('later', `${stays}; planted mail shows it to later runs`)
    return undefined
  }
  await passes(t, age)
  await runExpiry(t)
  return 'filing'
}

/** Said where mail with an old date is not deleted. */
export const stays = 'mail with an old date is still there, as on a server that counts from the day of filing'
