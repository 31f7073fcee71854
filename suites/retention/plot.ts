// The account in which mail is planted for later runs, what is still there of it, and new plantings. Used by planted.ts.
import { imapOk } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import type { PlantedMessage, PlantedRound, Plot } from '../../harness/host/plot.ts'
import { ownMailbox } from '../imap/spare-mailbox.ts'
import { lookedAt, mostRounds } from './judge-planted.ts'
import { contentsOf, type Planting, plant } from './scene.ts'

/** What passes (RFC 5530 3): the account is still there. */
const trouble: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN'])

export type Account = Plot['account']

/** Apps make mailboxes as well, and move mail there. */
const elsewhere = 'chatmail-check-planted'

/** A session of the kept account, or of a new one where there is none any more, and the rounds planted there. */
export async function openPlot(
  t: CheckContext,
  kept: Plot | undefined,
): Promise<{ readonly account: Account; readonly rounds: readonly PlantedRound[] }> {
  if (kept !== undefined) {
    await using client = await t.imap()
    const login = await client.login(kept.account.address, kept.account.password)
    if (login.status === 'OK') {
      const { uidValidity, uidNext } = await markOf(t, client)
      // A login makes an account anew under the old name, where there is none any more.
      const same = uidValidity === kept.uidValidity && uidNext >= kept.uidNext
      if (!same) t.note('the account with the planted mail was removed in the meantime, and its mail with it')
      return { account: kept.account, rounds: same ? kept.rounds : [] }
    }
    const answer = `${login.status} ${login.text}`
    if (login.status !== 'NO' || trouble.has(login.code ?? '')) {
      t.inconclusive(`the account with the planted mail cannot log in now: ${answer}`)
    }
    t.note(`the account with the planted mail is not let in any more: ${answer}`)
  }
  const account = t.unusedCredentials({ ordinary: false })
  await (await t.imap(account))[Symbol.asyncDispose]()
  await t.made(account, { reserved: true })
  return { account, rounds: [] }
}

/** By which an account is known again. */
export async function markOf(t: CheckContext, client: ImapClient): Promise<{ uidValidity: number; uidNext: number }> {
  const { reply, values } = await client.status('INBOX', 'UIDVALIDITY UIDNEXT')
  t.control('STATUS "INBOX" (UIDVALIDITY UIDNEXT)', reply, imapOk, { coveredBy: 'imap/answers-status' })
  return { uidValidity: values.get('UIDVALIDITY') ?? 0, uidNext: values.get('UIDNEXT') ?? 0 }
}

/** What time it is at the host: the date that it gives a message which is filed without one. Nobody else writes here. */
export async function timeOfHost(t: CheckContext, account: Account): Promise<number> {
  await using client = await t.imap(account)
  const mail = await t.mail.encrypted(account, account)
  t.control('a message is filed by APPEND', await client.append('INBOX', mail.bytes), imapOk)
  t.control('INBOX is opened', (await client.select('INBOX')).reply, imapOk, { coveredBy: 'imap/selects-inbox' })
  const filed = (await contentsOf(t, client)).find(({ messageId }) => messageId === mail.messageId)
  if (filed?.internalDate === undefined) t.inconclusive('the host gives no INTERNALDATE')
  await removeMail(client, [filed.uid])
  return filed.internalDate.getTime()
}

/** Looks at all of it, over sessions of its own. */
export async function lookAt(
  t: CheckContext,
  account: Account,
  rounds: readonly PlantedRound[],
  at: { readonly now: number; readonly jobRan: boolean },
): Promise<readonly PlantedRound[]> {
  const mailboxes = new Set(rounds.flatMap(({ messages }) => messages.map(({ mailbox }) => mailbox)))
  const there = new Map<string, ReadonlySet<string>>()
  for (const mailbox of mailboxes) there.set(mailbox, await messageIdsIn(t, account, mailbox))
  return rounds.map(({ planted, messages }) => ({
    planted,
    messages: messages.map((message) => {
      const isThere = there.get(message.mailbox)?.has(message.messageId) === true
      return lookedAt(message, planted, { there: isThere, ...at })
    }),
  }))
}

/** Files mail of these ages. Where the host makes no other mailbox, there is none in it. */
export async function plantRound(
  t: CheckContext,
  account: Account,
  plantings: readonly (Planting & Pick<PlantedMessage, 'kind'>)[],
  now: number,
): Promise<PlantedRound> {
  const away = plantings.filter(({ kind }) => kind === 'old-elsewhere')
  const inbox = plantings.filter((planting) => !away.includes(planting))
  const places = [{ mailbox: 'INBOX', some: inbox }]
  const mailbox = away.length === 0 ? undefined : await makeMailbox(t, account)
  if (mailbox !== undefined) places.push({ mailbox, some: away })
  const messages: PlantedMessage[] = []
  for (const { mailbox, some } of places) {
    const filed = await plant(t, account, some, { mailbox, now })
    for (const [at, { kind, age }] of some.entries()) {
      const messageId = filed[at]?.messageId ?? ''
      messages.push({ kind, mailbox, messageId, date: Math.floor((now - age) / 1_000) * 1_000 })
    }
  }
  return { planted: now, messages }
}

/** The newest ones; mail of those that are given up is removed. They are far enough apart for the oldest one to grow old. */
export async function bounded(
  t: CheckContext,
  account: Account,
  rounds: readonly PlantedRound[],
): Promise<readonly PlantedRound[]> {
  const given = rounds
    .slice(0, -mostRounds)
    .flatMap(({ messages }) => messages.filter(({ gone }) => gone === undefined))
  for (const mailbox of new Set(given.map((message) => message.mailbox))) {
    await using client = await t.imap(account)
    if (!(await client.select(mailbox)).ok) continue
    const ids = new Set(given.filter((message) => message.mailbox === mailbox).map(({ messageId }) => messageId))
    const uids = (await contentsOf(t, client)).filter(({ messageId }) => ids.has(messageId)).map(({ uid }) => uid)
    if (uids.length > 0) await removeMail(client, uids)
  }
  return rounds.slice(-mostRounds)
}

async function messageIdsIn(t: CheckContext, account: Account, mailbox: string): Promise<ReadonlySet<string>> {
  await using client = await t.imap(account)
  t.control(`${mailbox} is opened`, (await client.select(mailbox)).reply, imapOk)
  return new Set((await contentsOf(t, client)).map(({ messageId }) => messageId))
}

async function makeMailbox(t: CheckContext, account: Account): Promise<string | undefined> {
  await using client = await t.imap(account)
  const mailbox = await ownMailbox(client, elsewhere)
  await client.create(mailbox)
  return (await client.select(mailbox)).ok ? mailbox : undefined
}

async function removeMail(client: ImapClient, uids: readonly number[]): Promise<void> {
  await client.uidStore(uids.join(','), '+FLAGS.SILENT', ['\\Deleted'])
  // Not by EXPUNGE, which madmail does not know.
  await client.closeMailbox()
}
