// Checks of mailboxes: LIST, CREATE, STATUS, what APPEND keeps, what SEARCH finds.
import { check } from '../../harness/check/define.ts'
import { atLeast, attempt, equals, imapOk, matchesText, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { flags, includesWord, numbers } from './expectations.ts'
import { fileMail, flagsSeenLater, requireCapability, tryFetch } from './scene.ts'
import { deleteQuietly, spareName } from './spare-mailbox.ts'

const listsInbox = check({
  id: 'imap/lists-inbox',
  requirement: 'imap.lists-inbox',
  title: 'lists INBOX',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    t.expect('LIST "" "*"', await mailboxNames(t, await t.imap(account)), includesWord('INBOX'))
  },
})

const makesMailboxes = check({
  id: 'imap/makes-mailboxes',
  requirement: 'imap.makes-mailboxes',
  title: 'makes, renames and deletes mailboxes',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    const [first, second] = [await spareName(t, client), await spareName(t, client)]
    const both = async () => (await mailboxNames(t, client)).filter((name) => name === first || name === second)
    t.expect('CREATE', await attempt(client.create(first)), imapOk)
    t.expect('the mailbox in the list', await both(), only(first))
    t.expect('RENAME', await attempt(client.rename(first, second)), imapOk)
    t.expect('its new name in the list', await both(), only(second))
    t.expect('DELETE', await attempt(client.delete(second)), imapOk)
    t.expect('what is left of it in the list', await both(), only())
    await deleteQuietly(client, first)
  },
})

const answersStatus = check({
  id: 'imap/answers-status',
  requirement: 'imap.answers-status',
  title: 'tells messages and UIDNEXT by STATUS',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { filed } = await fileMail(t, account, 2)
    const client = await t.imap(account)
    const status = await attempt(client.status('INBOX', 'MESSAGES UIDNEXT UNSEEN'))
    t.expect('STATUS of INBOX', status instanceof WireError ? status : status.reply, imapOk)
    if (status instanceof WireError) return
    const { values } = status
    t.expect('MESSAGES', values.get('MESSAGES') ?? 0, atLeast(2))
    t.expect('UIDNEXT', values.get('UIDNEXT') ?? 0, atLeast((filed[1]?.uid ?? 0) + 1))
    t.expect('UNSEEN', values.get('UNSEEN') ?? 0, atLeast(2))
  },
})

const appendsWithUid = check({
  id: 'imap/appends-with-uid',
  requirement: 'imap.appends-with-uid',
  title: 'tells the UID of a message it filed',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    await requireCapability(t, client, 'UIDPLUS')
    const { reply, uid } = filed[0] ?? {}
    const told = reply?.code === 'APPENDUID' ? reply.codeArguments : undefined
    t.expect('APPENDUID: a UIDVALIDITY and the UID', told ?? '', matchesText(new RegExp(`^\\d+ ${uid}$`)))
  },
})

const keepsAppendDate = check({
  id: 'imap/keeps-append-date',
  requirement: 'imap.keeps-append-date',
  title: 'keeps the date given with APPEND',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const threeDaysAgo = new Date(Math.floor(Date.now() / 1000 - 3 * 86_400) * 1000)
    const { client, filed } = await fileMail(t, account, 1, { date: threeDaysAgo })
    const { reply, messages } = await tryFetch(client, filed[0]?.uid ?? 0, '(INTERNALDATE)')
    t.expect('UID FETCH INTERNALDATE', reply, imapOk)
    t.expect('INTERNALDATE', messages[0]?.internalDate?.toISOString(), equals(threeDaysAgo.toISOString()))
  },
})

const keepsAppendFlags = check({
  id: 'imap/keeps-append-flags',
  requirement: 'imap.keeps-append-flags',
  title: 'keeps the flags given with APPEND',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { filed } = await fileMail(t, account, 1, { flags: ['\\Seen', '\\Flagged'] })
    const later = await flagsSeenLater(t, account, filed[0]?.uid ?? 0)
    t.expect('the flags', later, flags({ with: ['\\Seen', '\\Flagged'] }))
  },
})

const searchesByMessageId = check({
  id: 'imap/searches-by-message-id',
  requirement: 'imap.searches-by-message-id',
  title: 'finds a message by its Message-ID',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 2)
    const { uid = 0, mail } = filed[0] ?? {}
    const { messages } = await client.uidFetch(`${uid}`, '(UID)')
    // By number, so that only what is found counts here, and not how SEARCH and UID SEARCH differ.
    const reply = await attempt(client.command(`SEARCH HEADER Message-ID "${mail?.messageId}"`))
    t.expect('SEARCH', reply, imapOk)
    const found = reply instanceof WireError ? [] : reply.untagged.filter(({ type }) => type === 'SEARCH')
    const seqs = found.flatMap(({ text }) => text.split(' ').filter(Boolean).map(Number))
    t.expect('what it finds', seqs, numbers(messages[0]?.seq ?? 0))
  },
})

const searchesByFlag = check({
  id: 'imap/searches-by-flag',
  requirement: 'imap.searches-by-flag',
  title: 'finds messages by a flag, and tells UIDs',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 3)
    const [gone = 0, plain = 0, flagged = 0] = filed.map(({ uid }) => uid)
    // One message less, so that UIDs and sequence numbers differ even in a new mailbox.
    t.control('a message is marked \\Deleted', await client.uidStore(`${gone}`, '+FLAGS', ['\\Deleted']), imapOk)
    t.control('CLOSE', await client.closeMailbox(), imapOk, { coveredBy: 'imap/expunges-on-close' })
    t.control('INBOX is opened again', (await client.select('INBOX')).reply, imapOk)
    t.control('a message is flagged', await client.uidStore(`${flagged}`, '+FLAGS', ['\\Flagged']), imapOk)
    const found = await attempt(client.uidSearch(`UID ${plain}:${flagged} FLAGGED`))
    t.expect('UID SEARCH', found instanceof WireError ? found : found.reply, imapOk)
    t.expect('what it finds', found instanceof WireError ? [] : found.uids, numbers(flagged))
  },
})

async function mailboxNames(t: CheckContext, client: ImapClient): Promise<readonly string[]> {
  const list = await attempt(client.list())
  t.expect('LIST', list instanceof WireError ? list : list.reply, imapOk)
  return list instanceof WireError ? [] : list.mailboxes.map(({ name }) => name)
}

function only(...wanted: readonly string[]) {
  return satisfies(
    wanted.length === 0 ? 'nothing' : wanted.join(', '),
    (names: readonly string[]) => names.join() === wanted.join(),
    (names) => (names.length === 0 ? 'nothing' : names.join(', ')),
  )
}

export const mailboxChecks = [
  listsInbox,
  makesMailboxes,
  answersStatus,
  appendsWithUid,
  keepsAppendDate,
  keepsAppendFlags,
  searchesByMessageId,
  searchesByFlag,
]
