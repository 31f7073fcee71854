// Checks of deletion by age: mail with a date in the past, one clean-up, and what is there afterwards.
import { check } from '../../harness/check/define.ts'
import { holdsExactly } from '../../harness/check/matchers.ts'
import type { CheckContext, Needs } from '../../harness/check/types.ts'
import { withMailbox } from '../imap/spare-mailbox.ts'
import { cleanUp, day, grace, type Planting, plant, runExpiry, stillThere } from './scene.ts'

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
  run: async (t) => deletesAfter(t, promised(t), { read: true }),
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
    const read = await plant(t, account, [{ age, read: true }])
    const unread = await plant(t, account, [{ age, read: false }])
    const readLeft = () => stillThere(t, account, read)
    if ((await cleanUp(t, age, readLeft)) === undefined) return
    t.control('read mail of this age', await readLeft(), holdsExactly(), deletionIsCovered)
    t.expect(`unread mail that is ${days(age)} old`, await stillThere(t, account, unread), holdsExactly())
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
    const inboxLeft = () => stillThere(t, account, inbox)
    await withMailbox(t, await t.imap(account), async (mailbox) => {
      const away = await plant(t, account, [planting], { mailbox })
      if ((await cleanUp(t, planting.age, inboxLeft)) === undefined) return
      t.control('mail of this age in INBOX', await inboxLeft(), holdsExactly(), deletionIsCovered)
      const left = await stillThere(t, account, away, mailbox)
      t.expect(`mail in another mailbox that is ${days(planting.age)} old`, left, holdsExactly())
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
    const mail = await plant(t, account, plantings)
    await runExpiry(t)
    t.expect(
      `mail that is up to ${days(most - day / 2)} old`,
      await stillThere(t, account, mail),
      holdsExactly(...mail),
    )
  },
})

const deletesLargeMailSooner = check({
  id: 'retention/deletes-large-mail-sooner',
  requirement: 'retention.deletes-large-mail-sooner',
  title: 'deletes large mail that a client has seen sooner',
  profile: 'list',
  needs,
  run: async (t) => deletesAfter(t, largeDays(t), { read: true, size: largeSize }),
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
    const mail = await plant(t, account, [{ age, read: true, size: largeSize }])
    await runExpiry(t)
    t.expect(`large mail that is ${days(age)} old`, await stillThere(t, account, mail), holdsExactly(...mail))
  },
})

const deletionIsCovered = { coveredBy: 'retention/deletes-old-mail' }

/** Mail goes that is older than promised: by its date at once, or when it has been there for so long, and then whatever its date. */
async function deletesAfter(t: CheckContext, stay: number, kind: Omit<Planting, 'age'>): Promise<void> {
  const [account] = await t.accounts(1)
  const age = stay + grace
  const old = await plant(t, account, [{ ...kind, age }])
  const fresh = await plant(t, account, [{ ...kind, age: 0 }])
  const counts = await cleanUp(t, age, () => stillThere(t, account, old))
  if (counts === undefined) return
  const due = counts === 'date' ? old : [...old, ...fresh]
  const size = kind.size === undefined ? '' : 'large '
  t.expect(`${size}mail that is ${days(age)} old`, await stillThere(t, account, due), holdsExactly())
}

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
