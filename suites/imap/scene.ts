// How the IMAP checks set their scene: sessions with INBOX open, mail filed there by APPEND (which costs no message),
// and answers as values even where the connection ends instead.
import { atLeast, attempt, type ImapAnswer, imapOk } from '../../harness/check/matchers.ts'
import type { CheckContext, SessionOptions } from '../../harness/check/types.ts'
import type { ImapClient, ImapMessage, ImapReply, Selected } from '../../harness/clients/imap.ts'
import type { Account } from '../../harness/host/account.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { messageIdOf } from '../../harness/mail/parse.ts'
import type { ImapResponse } from '../../harness/wire/imap-response.ts'

/** A message that the check put into INBOX. */
export interface Filed {
  readonly uid: number
  readonly mail: Mail
  readonly reply: ImapReply
}

export interface OpenInbox {
  readonly client: ImapClient
  readonly selected: Selected
}

/** A session of its own with INBOX selected. */
export async function openInbox(t: CheckContext, account: Pick<Account, 'address' | 'password'>): Promise<OpenInbox> {
  const client = await t.imap(account)
  const selected = await client.select('INBOX')
  t.control('INBOX is opened', selected.reply, imapOk, { coveredBy: 'imap/selects-inbox' })
  return { client, selected }
}

/**
 * Puts `count` encrypted messages into INBOX over a session of its own, which then has INBOX selected as it is
 * afterwards. In the order of their UIDs.
 */
export async function fileMail(
  t: CheckContext,
  account: Account,
  count = 1,
  options: { flags?: readonly string[]; date?: Date; size?: number } = {},
): Promise<OpenInbox & { filed: readonly Filed[] }> {
  const { size, ...append } = options
  const { client, selected: before } = await openInbox(t, account)
  const highest = before.exists > 0 ? Math.max(0, ...uidsOf((await client.uidFetch('*', '(UID)')).messages)) : 0
  const sent: { mail: Mail; reply: ImapReply }[] = []
  for (let n = 0; n < count; n++) {
    const mail = await t.mail.encrypted(account, account, size === undefined ? {} : { size })
    const reply = await client.append('INBOX', mail.bytes, append)
    t.control('a message is filed by APPEND', reply, imapOk)
    sent.push({ mail, reply })
  }
  const selected = await client.select('INBOX')
  t.control('INBOX is opened again', selected.reply, imapOk, { coveredBy: 'imap/selects-inbox' })
  const uids = (await uidsFrom(client, highest + 1, count, selected.exists)).sort((a, b) => a - b)
  t.control('what was filed is in INBOX', uids.length, atLeast(count), { coveredBy: 'imap/advances-uidnext' })
  const own = uids.length === count ? uids : await ownAmong(client, uids, sent)
  const filed = sent.map(({ mail, reply }, at) => ({ mail, reply, uid: own[at] ?? 0 }))
  return { client, selected, filed }
}

/** Files a message over a session that has nothing selected, so that it is news to every session that has. */
export async function fileUnseen(t: CheckContext, account: Account): Promise<void> {
  const client = await t.imap(account)
  const mail = await t.mail.encrypted(account, account)
  t.control('another session files a message', await client.append('INBOX', mail.bytes), imapOk)
}

/** UIDs from `first` on: as a range, and one by one where a server has lost some of that. */
async function uidsFrom(client: ImapClient, first: number, count: number, exists: number): Promise<number[]> {
  const { messages } = await client.uidFetch(`${first}:*`, '(UID)')
  const uids = new Set(uidsOf(messages).filter((uid) => uid >= first))
  for (let seq = exists; uids.size < count && seq > Math.max(0, exists - count); seq--) {
    for (const uid of uidsOf((await client.fetch(`${seq}`, '(UID)')).messages)) if (uid >= first) uids.add(uid)
  }
  return [...uids]
}

/** Other mail came at the same moment: ours are known by their Message-IDs. */
async function ownAmong(client: ImapClient, uids: readonly number[], sent: readonly { mail: Mail }[]) {
  const { messages } = await client.uidFetch(uids.join(','), '(UID BODY.PEEK[])')
  return sent.map(({ mail }) => {
    const found = messages.find(
      (message) => messageIdOf(message.sections.get('') ?? new Uint8Array()) === mail.messageId,
    )
    return found?.uid ?? 0
  })
}

/** FETCH by UID; no messages where the connection ended. */
export async function tryFetch(
  client: ImapClient,
  set: string | number,
  items: string,
  modifiers?: string,
): Promise<{ reply: ImapAnswer; messages: readonly ImapMessage[] }> {
  const got = await attempt(client.uidFetch(String(set), items, modifiers))
  return got instanceof WireError ? { reply: got, messages: [] } : got
}

/** Flags of a message, upper case, as a session of its own sees them; undefined when it is not there. */
export async function flagsSeenLater(t: CheckContext, account: Account, uid: number) {
  const { client } = await openInbox(t, account)
  const { messages } = await client.uidFetch(String(uid), '(FLAGS)')
  return messages.find((message) => message.uid === uid)?.flags?.map((flag) => flag.toUpperCase())
}

/** Which of the UIDs are still in INBOX, for a session of its own. */
export async function uidsSeenLater(t: CheckContext, account: Account, uids: readonly number[]) {
  const { client } = await openInbox(t, account)
  const { messages } = await client.uidFetch(uids.join(','), '(UID)')
  return uidsOf(messages)
    .filter((uid) => uids.includes(uid))
    .sort((a, b) => a - b)
}

/** UIDNEXT of INBOX: from SELECT, else from STATUS, as Delta Chat core finds it. */
export async function uidNextOf(client: ImapClient, selected: Selected): Promise<number | undefined> {
  if (selected.uidNext !== undefined) return selected.uidNext
  return (await client.status('INBOX', 'UIDNEXT')).values.get('UIDNEXT')
}

/** The capability list of a logged-in session, asked for. */
export async function capabilities(t: CheckContext, client: ImapClient): Promise<ReadonlySet<string>> {
  t.control('CAPABILITY is answered', await client.capability(), imapOk, { coveredBy: 'imap/answers-capability' })
  return client.capabilities
}

/** Ends the check as unsupported unless the server lists this word after login. */
export async function requireCapability(t: CheckContext, client: ImapClient, word: string): Promise<void> {
  const offered = await capabilities(t, client)
  if (!offered.has(word)) t.unsupported(`${word} is not in the capability list`)
}

/** A session, or why there is none. What keeps us from connecting at all is trouble of the path and thrown. */
export async function trySession(t: CheckContext, options: SessionOptions): Promise<ImapClient | WireError> {
  const got = await attempt(t.imap(undefined, options))
  if (got instanceof WireError && got.stage === 'connect') throw got
  return got
}

/**
 * Sends lines as they are and waits for the answer with this tag, a continuation, or the end of the connection:
 * `NO`, `+`, `closed`, `timeout`.
 */
export async function converse(t: CheckContext, client: ImapClient, tag: string, lines: string): Promise<string> {
  client.write(utf8Octets(lines))
  return answerTo(t, client, (response) => response.kind === 'continuation' || response.tag === tag)
}

/** The type of the first response that fits, `+` for a continuation, or how the connection ended. */
export async function answerTo(
  t: CheckContext,
  client: ImapClient,
  wants: (response: ImapResponse) => boolean,
): Promise<string> {
  const got = await attempt(client.waitFor(wants, t.host.timing.reply))
  if (got instanceof WireError) return got.code
  if (got === undefined) return 'timeout'
  return got.kind === 'continuation' ? '+' : got.type
}

/** EXISTS with at least this number, queued or to come. */
export function toldExists(client: ImapClient, atLeastMessages: number, ms: number) {
  const fits = ({ type, number = 0 }: ImapResponse) => type === 'EXISTS' && number >= atLeastMessages
  return attempt(client.waitFor(fits, ms)).then((got) => got !== undefined && !(got instanceof WireError))
}

/** Text as octets, to be sent as a literal or without a trace in the transcript. */
export function utf8Octets(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function uidsOf(messages: readonly ImapMessage[]): readonly number[] {
  return messages.map((message) => message.uid ?? 0).filter((uid) => uid > 0)
}
