// Checks of news: IDLE, and what a session hears of mail, flags and deletions that are not its own doing.
import { check } from '../../harness/check/define.ts'
import { accepted, atLeast, attempt, equals, holds, imapOk, isTrue } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapIdle } from '../../harness/clients/imap.ts'
import type { Account } from '../../harness/host/account.ts'
import { WireError } from '../../harness/host/wire-error.ts'
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
    await t.eventually('EXISTS at NOOP', told, atLeast(selected.exists + 1))
  },
})

const tellsFlagsToOtherSessions = check({
  id: 'imap/tells-flags-to-other-sessions',
  requirement: 'imap.tells-flags-to-other-sessions',
  title: 'tells a session of flags that another one set',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const { client: other } = await openInbox(t, account)
    const set = await client.uidStore(`${filed[0]?.uid}`, '+FLAGS', ['\\Flagged'])
    t.control('one session sets \\Flagged', set, imapOk, { coveredBy: 'imap/keeps-flags' })
    const told = async () => {
      await other.noop()
      return other.events().some(({ type, line }) => type === 'FETCH' && /\\flagged/i.test(line))
    }
    await t.eventually('FETCH with the flag, in the other session', told, isTrue)
  },
})

const tellsExpungesToOtherSessions = check({
  id: 'imap/tells-expunges-to-other-sessions',
  requirement: 'imap.tells-expunges-to-other-sessions',
  title: 'tells a session of messages that another one removed',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const { client: other } = await openInbox(t, account)
    const set = await client.uidStore(`${filed[0]?.uid}`, '+FLAGS', ['\\Deleted'])
    t.control('one session marks a message', set, imapOk)
    t.control('and removes it', await client.closeMailbox(), imapOk, { coveredBy: 'imap/expunges-on-close' })
    const told = async () => {
      await other.noop()
      return other.events().some(({ type }) => type === 'EXPUNGE' || type === 'VANISHED')
    }
    await t.eventually('EXPUNGE, in the other session', told, isTrue)
  },
})

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
