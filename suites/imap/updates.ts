// Checks of news: IDLE, and what a session hears of mail, flags and deletions that are not its own doing.
import { check } from '../../harness/check/define.ts'
import { accepted, atLeast, attempt, equals, holds, imapOk, isTrue } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient, ImapIdle } from '../../harness/clients/imap.ts'
import type { Account } from '../../harness/host/account.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { numbers } from './expectations.ts'
import { fileMail, fileUnseen, openInbox, toldExists, uidNextOf } from './scene.ts'

const idles = check({
  id: 'imap/idles',
  requirement: 'imap.idles',
  title: 'begins IDLE and ends it at DONE',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client } = await openInbox(t, account)
    const idle = await attempt(client.idle())
    t.expect('IDLE', idle instanceof WireError ? idle.message : '+', equals('+'))
    if (idle instanceof WireError) return
    t.expect('the reply to IDLE after DONE', await attempt(idle.done()), imapOk)
    if (!client.closed) t.expect('NOOP afterwards', await attempt(client.noop()), imapOk)
  },
})

const notifiesWhileIdle = check({
  id: 'imap/notifies-while-idle',
  requirement: 'imap.notifies-while-idle',
  title: 'tells an idle session of new mail',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const { client, selected } = await openInbox(t, bob)
    await beginIdle(t, client.idle())
    const arrived = await send(t, alice, bob)
    const told = await toldExists(client, selected.exists + 1, t.host.timing.arrival)
    if (!told) await arrived()
    t.expect('EXISTS during IDLE', told, isTrue)
  },
})

const notifiesInNextIdle = check({
  id: 'imap/notifies-in-next-idle',
  requirement: 'imap.notifies-in-next-idle',
  title: 'tells of new mail in the next IDLE, too',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const { client, selected } = await openInbox(t, bob)
    const first = await beginIdle(t, client.idle())
    await fileUnseen(t, bob)
    // Whether it hears of this one is another rule's business: it only has to have been told something, if it ever is.
    await toldExists(client, selected.exists + 1, Math.min(2_000, t.host.timing.arrival))
    t.control('DONE', await first.done(), imapOk, { coveredBy: 'imap/idles' })
    t.control('NOOP', await client.noop(), imapOk)
    await beginIdle(t, client.idle())
    const arrived = await send(t, alice, bob)
    const told = await toldExists(client, selected.exists + 2, t.host.timing.arrival)
    if (!told) await arrived()
    t.expect('EXISTS during the second IDLE', told, isTrue)
  },
})

const tellsMailFromBeforeIdle = check({
  id: 'imap/tells-mail-from-before-idle',
  requirement: 'imap.tells-mail-from-before-idle',
  title: 'tells of mail that came shortly before IDLE',
  needs: { accounts: 2, messages: 1 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const { client, selected } = await openInbox(t, bob)
    const arrived = await send(t, alice, bob)
    await arrived()
    await beginIdle(t, client.idle())
    const told = await toldExists(client, selected.exists + 1, t.host.timing.arrival)
    t.expect('EXISTS before or during IDLE', told, isTrue)
  },
})

const showsNewMailAtSelect = check({
  id: 'imap/shows-new-mail-at-select',
  requirement: 'imap.shows-new-mail-at-select',
  title: 'shows mail that came between DONE and SELECT',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, selected: before } = await openInbox(t, account)
    const next = (await uidNextOf(client, before)) ?? 1
    const idle = await beginIdle(t, client.idle())
    t.control('DONE', await idle.done(), imapOk, { coveredBy: 'imap/idles' })
    t.control('CLOSE', await client.closeMailbox(), imapOk)
    await fileUnseen(t, account)
    const selected = await attempt(client.select('INBOX'))
    t.expect('SELECT', selected instanceof WireError ? selected : selected.reply, imapOk)
    if (selected instanceof WireError) return
    t.expect('EXISTS', selected.exists, atLeast(before.exists + 1))
    t.expect('UIDNEXT', (await uidNextOf(client, selected)) ?? 0, atLeast(next + 1))
  },
})

const reportsNewMailOnNoop = check({
  id: 'imap/reports-new-mail-on-noop',
  requirement: 'imap.reports-new-mail-on-noop',
  title: 'tells of new mail at NOOP',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, selected } = await openInbox(t, account)
    await fileUnseen(t, account)
    const told = async () => {
      await client.noop()
      return client.exists
    }
    const exists = await t.eventually('EXISTS at NOOP', told, atLeast(selected.exists + 1))
    // Nothing is removed meanwhile, so that there can only be more by now.
    const { selected: later } = await openInbox(t, account)
    t.expect('EXISTS in a session opened later', later.exists, atLeast(exists))
  },
})

const tellsFlagsToOtherSessions = check({
  id: 'imap/tells-flags-to-other-sessions',
  requirement: 'imap.tells-flags-to-other-sessions',
  title: 'tells a session of flags that another one set',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 2)
    const { client: other } = await openInbox(t, account)
    const uids = await uidsInOrder(other)
    const uid = filed[0]?.uid ?? 0
    const set = await client.uidStore(`${uid}`, '+FLAGS', ['\\Flagged'])
    t.control('one session sets \\Flagged', set, imapOk, { coveredBy: 'imap/keeps-flags' })
    const told: number[] = []
    const flagged = async () => {
      await other.noop()
      for (const { type, line, number = 0 } of other.events())
        if (type === 'FETCH' && /\\flagged/i.test(line)) told.push(uids[number - 1] ?? 0)
      return told.includes(uid)
    }
    await t.eventually('FETCH with the flag and the number of the message, in the other session', flagged, isTrue)
  },
})

const tellsExpungesToOtherSessions = check({
  id: 'imap/tells-expunges-to-other-sessions',
  requirement: 'imap.tells-expunges-to-other-sessions',
  title: 'tells a session of messages that another one removed',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 3)
    const { client: other } = await openInbox(t, account)
    const uids = await uidsInOrder(other)
    const own = filed.map(({ uid }) => uid)
    const [a = 0, b = 0, c = 0] = own
    const set = await client.uidStore(`${a},${b}`, '+FLAGS', ['\\Deleted'])
    t.control('one session marks two messages', set, imapOk)
    t.control('and removes them', await client.closeMailbox(), imapOk, { coveredBy: 'imap/expunges-on-close' })
    const removed: number[] = []
    // Each number counts from what is left after the ones before it (RFC 3501 7.4.1).
    const listen = () => {
      for (const { type, number = 0 } of other.events())
        if (type === 'EXPUNGE') removed.push(...uids.splice(number - 1, 1))
    }
    // While FETCH goes by numbers, they stay what they were.
    const fetched = await other.fetch(`${uids.indexOf(c) + 1}`, '(UID)')
    t.control('the other session fetches what is left', fetched.reply, imapOk)
    listen()
    t.expect('messages told as removed at FETCH', removed, numbers())
    const told = async () => {
      await other.noop()
      listen()
      // Mail that an earlier run marked may go as well.
      return removed.filter((uid) => own.includes(uid))
    }
    await t.eventually('the messages it told as removed, in the other session', told, numbers(a, b))
  },
})

/** UIDs of the open mailbox by sequence number. */
async function uidsInOrder(client: ImapClient): Promise<number[]> {
  const { messages } = await client.uidFetch('1:*', '(UID)')
  return [...messages].sort((one, other) => one.seq - other.seq).map(({ uid = 0 }) => uid)
}

/** Sends a message; what it gives waits until the message has arrived, as a control. */
async function send(t: CheckContext, from: Account, to: Account): Promise<() => Promise<unknown>> {
  const smtp = await t.submission(from)
  const mail = await t.mail.encrypted(from, to)
  t.control('a message is sent', await smtp.send(mail), accepted)
  return () => t.eventually('the message arrives', () => t.inbox(to).minted(), holds(mail), { control: true })
}

async function beginIdle(t: CheckContext, beginning: Promise<ImapIdle>): Promise<ImapIdle> {
  const idle = await attempt(beginning)
  t.control('IDLE begins', idle instanceof WireError ? idle.message : '+', equals('+'), { coveredBy: 'imap/idles' })
  return idle as ImapIdle
}

export const updateChecks = [
  idles,
  notifiesWhileIdle,
  notifiesInNextIdle,
  tellsMailFromBeforeIdle,
  showsNewMailAtSelect,
  reportsNewMailOnNoop,
  tellsFlagsToOtherSessions,
  tellsExpungesToOtherSessions,
]
