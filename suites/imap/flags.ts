// Checks of flags and of deletion, and of moving and copying messages.
import { check } from '../../harness/check/define.ts'
import { attempt, type ImapAnswer, imapOk, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { flags, numbers } from './expectations.ts'
import { fileMail, flagsSeenLater, requireCapability, uidsSeenLater } from './scene.ts'
import { contentsOf, withMailbox } from './spare-mailbox.ts'

const keepsFlags = check({
  id: 'imap/keeps-flags',
  requirement: 'imap.keeps-flags',
  title: 'shows a flag in later sessions',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const uid = filed[0]?.uid ?? 0
    t.expect('UID STORE +FLAGS (\\Seen)', await attempt(client.uidStore(`${uid}`, '+FLAGS', ['\\Seen'])), imapOk)
    t.expect('the flags in another session', await flagsSeenLater(t, account, uid), flags({ with: ['\\Seen'] }))
  },
})

const addsFlagsToOthers = check({
  id: 'imap/adds-flags-to-others',
  requirement: 'imap.adds-flags-to-others',
  title: 'adds a flag to those that are there',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const uid = filed[0]?.uid ?? 0
    t.control('\\Seen is set', await client.uidStore(`${uid}`, '+FLAGS', ['\\Seen']), imapOk)
    t.control('it is there', await flagsSeenLater(t, account, uid), flags({ with: ['\\Seen'] }), {
      coveredBy: 'imap/keeps-flags',
    })
    t.expect('UID STORE +FLAGS (\\Flagged)', await attempt(client.uidStore(`${uid}`, '+FLAGS', ['\\Flagged'])), imapOk)
    t.expect('the flags afterwards', await flagsSeenLater(t, account, uid), flags({ with: ['\\Seen', '\\Flagged'] }))
  },
})

const removesFlags = check({
  id: 'imap/removes-flags',
  requirement: 'imap.removes-flags',
  title: 'takes a flag away and leaves the others',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const uid = filed[0]?.uid ?? 0
    t.control('two flags are set', await client.uidStore(`${uid}`, 'FLAGS', ['\\Seen', '\\Flagged']), imapOk)
    t.control('they are there', await flagsSeenLater(t, account, uid), flags({ with: ['\\Seen', '\\Flagged'] }), {
      coveredBy: 'imap/keeps-flags',
    })
    t.expect('UID STORE -FLAGS (\\Seen)', await attempt(client.uidStore(`${uid}`, '-FLAGS', ['\\Seen'])), imapOk)
    const later = await flagsSeenLater(t, account, uid)
    t.expect('the flags afterwards', later, flags({ with: ['\\Flagged'], without: ['\\Seen'] }))
  },
})

const keepsKeywords = check({
  id: 'imap/keeps-keywords',
  requirement: 'imap.keeps-keywords',
  title: 'keeps keywords where it says so',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed, selected } = await fileMail(t, account)
    if (!selected.permanentFlags.includes('\\*')) t.unsupported('PERMANENTFLAGS has no \\*')
    const uid = filed[0]?.uid ?? 0
    const keyword = '$Forwarded'
    t.expect('UID STORE of a keyword', await attempt(client.uidStore(`${uid}`, '+FLAGS', [keyword])), imapOk)
    t.expect('the flags in another session', await flagsSeenLater(t, account, uid), flags({ with: [keyword] }))
  },
})

const expungesOnClose = check({
  id: 'imap/expunges-on-close',
  requirement: 'imap.expunges-on-close',
  title: 'removes deleted mail at CLOSE',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, uids } = await fileUids(t, account, 2)
    const [deleted = 0, kept = 0] = uids
    t.expect('UID STORE +FLAGS (\\Deleted)', await markDeleted(client, deleted), imapOk)
    t.expect('CLOSE', await attempt(client.closeMailbox()), imapOk)
    t.expect('what is left, for another session', await uidsSeenLater(t, account, uids), numbers(kept))
  },
})

const expungesOnCommand = check({
  id: 'imap/expunges-on-command',
  requirement: 'imap.expunges-on-command',
  title: 'removes deleted mail at EXPUNGE',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, uids } = await fileUids(t, account, 3)
    // The first one stays: a number too low would otherwise fit by chance.
    const [kept = 0, a = 0, b = 0] = uids
    const all = await uidsOf(client)
    t.control('two messages are marked', await markDeleted(client, a, b), imapOk)
    const reply = await attempt(client.expunge())
    t.expect('EXPUNGE', reply, imapOk)
    // Mail that an earlier run marked may go as well.
    const removed = toldRemoved(reply, all).filter((uid) => uids.includes(uid))
    t.expect('the messages it told as removed', removed, numbers(a, b))
    t.expect('what is left, for another session', await uidsSeenLater(t, account, uids), numbers(kept))
  },
})

const expungesByUid = check({
  id: 'imap/expunges-by-uid',
  requirement: 'imap.expunges-by-uid',
  title: 'removes by UID EXPUNGE only what is named',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, uids } = await fileUids(t, account, 3)
    await requireCapability(t, client, 'UIDPLUS')
    const [a = 0, b = 0, c = 0] = uids
    t.control('two messages are marked', await markDeleted(client, a, b), imapOk)
    t.expect('UID EXPUNGE of one of them', await attempt(client.uidExpunge(`${a}`)), imapOk)
    t.expect('what is left, for another session', await uidsSeenLater(t, account, uids), numbers(b, c))
  },
})

const unselectsWithoutExpunging = check({
  id: 'imap/unselects-without-expunging',
  requirement: 'imap.unselects-without-expunging',
  title: 'leaves a mailbox by UNSELECT without removing anything',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, uids } = await fileUids(t, account, 1)
    await requireCapability(t, client, 'UNSELECT')
    t.control('the message is marked', await markDeleted(client, ...uids), imapOk)
    t.expect('UNSELECT', await attempt(client.unselect()), imapOk)
    t.expect('what is left, for another session', await uidsSeenLater(t, account, uids), numbers(...uids))
  },
})

const movesMessages = check({
  id: 'imap/moves-messages',
  requirement: 'imap.moves-messages',
  title: 'moves a message by UID MOVE',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 2)
    await requireCapability(t, client, 'MOVE')
    const [moved, kept] = filed
    await withMailbox(t, client, async (mailbox) => {
      const all = await uidsOf(client)
      const reply = await attempt(client.uidMove(`${moved?.uid}`, mailbox))
      t.expect('UID MOVE', reply, imapOk)
      const told = [...toldRemoved(reply, all), ...toldRemoved(await attempt(client.noop()), all)]
      if (told.length > 0) t.expect('the messages it told as removed', told, numbers(moved?.uid ?? 0))
      const left = await uidsSeenLater(t, account, [moved?.uid ?? 0, kept?.uid ?? 0])
      t.expect('what is left in INBOX', left, numbers(kept?.uid ?? 0))
      const there = (await contentsOf(t, account, mailbox)).map(({ messageId }) => messageId)
      t.expect('what is in the other mailbox', there, onlyMessage(moved?.mail.messageId))
    })
  },
})

const copiesMessages = check({
  id: 'imap/copies-messages',
  requirement: 'imap.copies-messages',
  title: 'copies a message with its flags',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 1, { flags: ['\\Flagged'] })
    const { uid = 0, mail } = filed[0] ?? {}
    await withMailbox(t, client, async (mailbox) => {
      t.expect('UID COPY', await attempt(client.uidCopy(`${uid}`, mailbox)), imapOk)
      t.expect('what is left in INBOX', await uidsSeenLater(t, account, [uid]), numbers(uid))
      const there = await contentsOf(t, account, mailbox)
      t.expect(
        'what is in the other mailbox',
        there.map(({ messageId }) => messageId),
        onlyMessage(mail?.messageId),
      )
      t.expect('its flags there', there[0]?.flags, flags({ with: ['\\Flagged'] }))
    })
  },
})

async function fileUids(t: CheckContext, account: Parameters<typeof fileMail>[1], count: number) {
  const { client, filed } = await fileMail(t, account, count)
  return { client, uids: filed.map(({ uid }) => uid) }
}

/** By sequence number. */
async function uidsOf(client: ImapClient): Promise<number[]> {
  return (await client.uidFetch('1:*', '(UID)')).messages.map(({ uid = 0 }) => uid)
}

/** Which of `all` an answer tells as removed; takes them out of it. Each number counts from what is left (RFC 3501 7.4.1). */
function toldRemoved(answer: ImapAnswer, all: number[]): number[] {
  const told = answer instanceof WireError ? [] : answer.untagged.filter(({ type }) => type === 'EXPUNGE')
  return told.flatMap(({ number = 0 }) => all.splice(number - 1, 1))
}

function markDeleted(client: ImapClient, ...uids: readonly number[]) {
  return attempt(client.uidStore(uids.join(','), '+FLAGS', ['\\Deleted']))
}

function onlyMessage(messageId: string | undefined) {
  return satisfies(
    'the one message',
    (ids: readonly (string | undefined)[]) => ids.length === 1 && ids[0] === messageId,
    (ids) => (ids.length === 0 ? 'nothing' : ids.join(', ')),
  )
}

export const flagChecks = [
  keepsFlags,
  addsFlagsToOthers,
  removesFlags,
  keepsKeywords,
  expungesOnClose,
  expungesOnCommand,
  expungesByUid,
  unselectsWithoutExpunging,
  movesMessages,
  copiesMessages,
]
