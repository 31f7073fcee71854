// How the checks of retention set their scene: mail with a date in the past, filed by APPEND, and the host's own clean-up.
import { equals, imapOk } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'

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

/** Files messages of these ages and opens the mailbox again, so that a client has seen them. Their UIDs, in this order. */
export async function plant(
  t: CheckContext,
  account: Pick<Account, 'address' | 'password'>,
  plantings: readonly Planting[],
  { mailbox = 'INBOX', now = hostNow(t) }: { readonly mailbox?: string; readonly now?: number } = {},
): Promise<readonly number[]> {
  await using client = await t.imap(account)
  const before = await client.select(mailbox)
  t.control(`${mailbox} is opened`, before.reply, imapOk, { coveredBy: 'imap/selects-inbox' })
  const status = before.uidNext === undefined ? await client.status(mailbox, 'UIDNEXT') : undefined
  const first = before.uidNext ?? status?.values.get('UIDNEXT') ?? 1
  const dates: string[] = []
  for (const { age, read, size } of plantings) {
    // INTERNALDATE knows whole seconds.
    const date = new Date(Math.floor((now - age) / 1000) * 1000)
    const mail = await t.mail.encrypted(account, account, size === undefined ? {} : { size })
    const reply = await client.append(mailbox, mail.bytes, { date, flags: read ? ['\\Seen'] : [] })
    t.control('a message with a date in the past is filed by APPEND', reply, imapOk)
    dates.push(date.toISOString())
  }
  t.control(`${mailbox} is opened again`, (await client.select(mailbox)).reply, imapOk)
  const { messages } = await client.uidFetch(`${first}:*`, '(UID INTERNALDATE)')
  const planted = messages.filter(({ uid = 0 }) => uid >= first).sort((a, b) => (a.uid ?? 0) - (b.uid ?? 0))
  const got = planted.map(({ internalDate }) => internalDate?.toISOString() ?? '')
  t.control('their INTERNALDATEs', got.join(' '), equals(dates.join(' ')), { coveredBy: 'imap/keeps-append-date' })
  return planted.map(({ uid = 0 }) => uid)
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

/** Which of the UIDs are there, for a session of its own. */
export async function stillThere(t: CheckContext, account: Account, uids: readonly number[], mailbox = 'INBOX') {
  await using client = await t.imap(account)
  t.control(`${mailbox} is opened later`, (await client.select(mailbox)).reply, imapOk)
  const { messages } = await client.uidFetch(`${uids[0]}:${uids.at(-1)}`, '(UID)')
  return messages
    .map(({ uid = 0 }) => uid)
    .filter((uid) => uids.includes(uid))
    .sort((a, b) => a - b)
}
