// Checks of deletion by age: mail with a date in the past, one clean-up, and what is there afterwards.
import { check } from '../../harness/check/define.ts'
import type { CheckContext, Needs } from '../../harness/check/types.ts'
import { numbers } from '../imap/expectations.ts'
import { withMailbox } from '../imap/spare-mailbox.ts'
import { day, grace, plant, runExpiry, stillThere } from './scene.ts'

/** Alone, because the clean-up is that of all accounts: other checks file old mail, too. */
const needs: Needs = { powers: ['expire'], accounts: 1, alone: true }

/** More than 200 kB also where mail is stored compressed: what is encrypted does not shrink, its Base64 does. */
const largeSize = 300_000

const deletesOldMail = check({
  id: 'retention/deletes-old-mail',
  requirement: 'retention.deletes-old-mail',
  title: 'deletes read mail that is older than promised',
  profile: 'list',
  needs,
  async run(t) {
    const [account] = await t.accounts(1)
    const uids = await plant(t, account, [{ age: promised(t) + grace, read: true }])
    await runExpiry(t)
    t.expect(`mail that is ${days(promised(t) + grace)} old`, await stillThere(t, account, uids), numbers())
  },
})

const deletesUnreadMail = check({
  id: 'retention/deletes-unread-mail',
  requirement: 'retention.deletes-unread-mail',
  title: 'deletes mail that nobody has read as well',
  profile: 'list',
  needs,
  async run(t) {
    const [account] = await t.accounts(1)
    const age = promised(t) + grace
    const uids = await plant(t, account, [
      { age, read: true },
      { age, read: false },
    ])
    await runExpiry(t)
    const left = await stillThere(t, account, uids)
    t.control(
      'read mail of this age',
      left.filter((uid) => uid === uids[0]),
      numbers(),
      deletionIsCovered,
    )
    t.expect(`unread mail that is ${days(age)} old`, left, numbers())
  },
})

const deletesMailInEveryMailbox = check({
  id: 'retention/deletes-mail-in-every-mailbox',
  requirement: 'retention.deletes-mail-in-every-mailbox',
  title: 'deletes old mail in other mailboxes than INBOX',
  profile: 'list',
  needs,
  async run(t) {
    const [account] = await t.accounts(1)
    const planting = { age: promised(t) + grace, read: true }
    const inbox = await plant(t, account, [planting])
    await withMailbox(t, await t.imap(account), async (mailbox) => {
      const uids = await plant(t, account, [planting], { mailbox })
      await runExpiry(t)
      t.control('mail of this age in INBOX', await stillThere(t, account, inbox), numbers(), deletionIsCovered)
      const left = await stillThere(t, account, uids, mailbox)
      t.expect(`mail in another mailbox that is ${days(planting.age)} old`, left, numbers())
    })
  },
})

const keepsMailUntilThen = check({
  id: 'retention/keeps-mail-until-then',
  requirement: 'retention.keeps-mail-until-then',
  title: 'keeps mail that is younger than promised, read or not',
  profile: 'list',
  needs,
  async run(t) {
    const [account] = await t.accounts(1)
    const most = t.host.policy.retentionDays.value === 0 ? 1_000 * day : promised(t)
    // Half a day is more than servers that ignore time zones are off.
    const ages = [0, most / 2, most - day / 2]
    const plantings = ages.flatMap((age) => [true, false].map((read) => ({ age, read })))
    const uids = await plant(t, account, plantings)
    await runExpiry(t)
    t.expect(`mail that is up to ${days(most - day / 2)} old`, await stillThere(t, account, uids), numbers(...uids))
  },
})

const deletesLargeMailSooner = check({
  id: 'retention/deletes-large-mail-sooner',
  requirement: 'retention.deletes-large-mail-sooner',
  title: 'deletes large mail that a client has seen sooner',
  profile: 'list',
  needs,
  async run(t) {
    const age = largeDays(t) + grace
    const [account] = await t.accounts(1)
    const uids = await plant(t, account, [{ age, read: true, size: largeSize }])
    await runExpiry(t)
    t.expect(`large mail that is ${days(age)} old`, await stillThere(t, account, uids), numbers())
  },
})

const keepsLargeMailUntilThen = check({
  id: 'retention/keeps-large-mail-until-then',
  requirement: 'retention.keeps-large-mail-until-then',
  title: 'keeps large mail that is younger than promised',
  profile: 'list',
  needs,
  async run(t) {
    const age = largeDays(t) - day / 2
    const [account] = await t.accounts(1)
    const uids = await plant(t, account, [{ age, read: true, size: largeSize }])
    await runExpiry(t)
    t.expect(`large mail that is ${days(age)} old`, await stillThere(t, account, uids), numbers(...uids))
  },
})

const deletionIsCovered = { coveredBy: 'retention/deletes-old-mail' }

/** Milliseconds for which mail stays, as declared or known. */
function promised(t: CheckContext): number {
  const { value } = t.host.policy.retentionDays
  if (value === 0) t.unsupported('the policy keeps mail for good')
  return value * day
}

function largeDays(t: CheckContext): number {
  const { largeRetentionDays: sooner, retentionDays } = t.host.policy
  if (sooner.value === 0) t.unsupported('the policy knows no other days for large mail')
  if (retentionDays.value > 0 && sooner.value * day + grace >= retentionDays.value * day) {
    t.unsupported('the policy keeps large mail as long as other mail')
  }
  return sooner.value * day
}

function days(ms: number): string {
  return `${Math.round((ms / day) * 10) / 10} days`
}

export const ageChecks = [
  deletesOldMail,
  deletesUnreadMail,
  deletesMailInEveryMailbox,
  keepsMailUntilThen,
  deletesLargeMailSooner,
  keepsLargeMailUntilThen,
]
