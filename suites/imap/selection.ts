// Checks of opening INBOX: UIDVALIDITY, UIDNEXT and UIDs, which a client remembers from session to session.
import { check } from '../../harness/check/define.ts'
import { atLeast, attempt, imapOk, isTrue, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { messageIdOf } from '../../harness/mail/parse.ts'
import { fileMail, openInbox, tryFetch, uidNextOf, utf8Octets } from './scene.ts'

const selectsInbox = check({
  id: 'imap/selects-inbox',
  requirement: 'imap.selects-inbox',
  title: 'opens INBOX of a new account',
  // A lease opens INBOX before the check begins, so that the check has to bring an account of its own.
  needs: { creates: 1 },
  async run(t) {
    const credentials = t.unusedCredentials()
    const client = await t.imap()
    t.control('a new account logs in', await client.login(credentials.address, credentials.password), imapOk, {
      coveredBy: 'onboarding/creates-account-on-first-imap-login',
    })
    await t.made(credentials)
    const selected = await attempt(client.select('INBOX'))
    t.expect('SELECT "INBOX"', selected instanceof WireError ? selected : selected.reply, imapOk)
    if (selected instanceof WireError) return
    const told = selected.reply.untagged.some(({ type }) => type === 'EXISTS')
    t.expect('EXISTS with it', told, isTrue)
  },
})

const selectsInboxInAnyForm = check({
  id: 'imap/selects-inbox-in-any-form',
  requirement: 'imap.selects-inbox-in-any-form',
  title: 'knows INBOX as atom, quoted string and literal, in any case',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client } = await openInbox(t, account)
    for (const form of ['INBOX', 'inbox', '"Inbox"']) {
      t.expect(`SELECT ${form}`, await attempt(client.command(`SELECT ${form}`)), imapOk)
    }
    const literal = client.command(['SELECT ', utf8Octets('INBOX')], { literal: 'sync' })
    t.expect('SELECT with a literal', await attempt(literal), imapOk)
  },
})

const showsUidvalidity = check({
  id: 'imap/shows-uidvalidity',
  requirement: 'imap.shows-uidvalidity',
  title: 'gives UIDVALIDITY with SELECT',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { selected } = await openInbox(t, account)
    t.expect('UIDVALIDITY', selected.uidValidity ?? 0, atLeast(1))
  },
})

const showsUidnext = check({
  id: 'imap/shows-uidnext',
  requirement: 'imap.shows-uidnext',
  title: 'gives UIDNEXT with SELECT',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, selected } = await openInbox(t, account)
    const inStatus = selected.uidNext ?? (await client.status('INBOX', 'UIDNEXT')).values.get('UIDNEXT')
    const given = { select: selected.uidNext ?? 0, status: inStatus ?? 0 }
    const shown = ({ select, status }: typeof given) =>
      select > 0 ? 'with SELECT' : status > 0 ? 'with STATUS alone' : 'with neither SELECT nor STATUS'
    const bySelect: Matcher<typeof given> = satisfies('UIDNEXT with SELECT', ({ select }) => select > 0, shown)
    t.expect('where UIDNEXT is given', given, bySelect, {
      tolerate: satisfies('UIDNEXT with STATUS', ({ status }) => status > 0, shown),
    })
  },
})

const keepsUidvalidity = check({
  id: 'imap/keeps-uidvalidity',
  requirement: 'imap.keeps-uidvalidity',
  title: 'gives the same UIDVALIDITY in every session',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, selected: first } = await openInbox(t, account)
    const again = await client.select('INBOX')
    const { selected: other } = await openInbox(t, account)
    const seen = [first, again, other].map(({ uidValidity }) => uidValidity ?? 0)
    t.expect(
      'UIDVALIDITY of two SELECTs and of another session',
      seen,
      satisfies('one and the same', (values) => new Set(values).size === 1),
    )
  },
})

const keepsUids = check({
  id: 'imap/keeps-uids',
  requirement: 'imap.keeps-uids',
  title: 'leaves messages their UIDs when others are deleted',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account, 3)
    const [first, ...others] = filed
    t.control('a message is marked \\Deleted', await client.uidStore(`${first?.uid}`, '+FLAGS', ['\\Deleted']), imapOk)
    t.control('CLOSE', await client.closeMailbox(), imapOk, { coveredBy: 'imap/expunges-on-close' })
    const { client: later } = await openInbox(t, account)
    for (const { uid, mail } of others) {
      const { messages } = await tryFetch(later, uid, '(BODY.PEEK[])')
      const found = messages.find((message) => message.uid === uid)?.sections.get('')
      t.expect(
        `the message with UID ${uid}, in another session`,
        found ? messageIdOf(found) : undefined,
        satisfies(
          `the one filed as ${uid}`,
          (id) => id === mail.messageId,
          (id) => id ?? 'none',
        ),
      )
    }
  },
})

const advancesUidnext = check({
  id: 'imap/advances-uidnext',
  requirement: 'imap.advances-uidnext',
  title: 'gives a new message a UID from UIDNEXT on, and a higher UIDNEXT afterwards',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client: before, selected: first } = await openInbox(t, account)
    const announced = await uidNextOf(before, first)
    const { client, selected, filed } = await fileMail(t, account)
    const uid = filed[0]?.uid ?? 0
    const next = await uidNextOf(client, selected)
    t.expect('the UID of the new message', uid, atLeast(announced ?? 1))
    t.expect('UIDNEXT afterwards', next ?? 0, atLeast(uid + 1))
  },
})

const neverReusesUids = check({
  id: 'imap/never-reuses-uids',
  requirement: 'imap.never-reuses-uids',
  title: 'gives no UID a second time',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client, filed } = await fileMail(t, account)
    const deleted = filed[0]?.uid ?? 0
    t.control(
      'the last message is marked \\Deleted',
      await client.uidStore(`${deleted}`, '+FLAGS', ['\\Deleted']),
      imapOk,
    )
    t.control('CLOSE', await client.closeMailbox(), imapOk, { coveredBy: 'imap/expunges-on-close' })
    const { filed: next } = await fileMail(t, account)
    t.expect('the UID of the next message', next[0]?.uid ?? 0, atLeast(deleted + 1))
  },
})

export const selectionChecks = [
  selectsInbox,
  selectsInboxInAnyForm,
  showsUidvalidity,
  showsUidnext,
  keepsUidvalidity,
  keepsUids,
  advancesUidnext,
  neverReusesUids,
]
