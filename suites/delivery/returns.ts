// What the sender hears of a message that cannot be delivered.
import { check } from '../../harness/check/define.ts'
import { accepted, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext, Delivered } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import { type Bounce, readBounce } from '../../harness/mail/bounce.ts'
import { headerValues } from '../../harness/mail/parse.ts'
import { isReportAbout } from '../reports.ts'
import { finds, isThere } from './scene.ts'

/** Sends to an address that cannot be reached and gives what came back. */
async function returned(t: CheckContext, sender: Account, recipient: string, wanted: 'judged' | 'control') {
  const mail = await t.mail.encrypted(sender, recipient)
  const smtp = await t.submission(sender)
  const outcome = await smtp.send(mail)
  // The client learns it at once then; whether the reply tells strangers who has an account is another matter.
  if (outcome.stage === 'RCPT' && !outcome.accepted && outcome.reply)
    t.unsupported('such a recipient is refused at RCPT')
  t.control('the message is accepted', outcome, accepted)
  const came = finds(t, sender, ({ bytes }) => isReportAbout(bytes, recipient))
  return t.eventually('a message about it comes back', came, isThere, { control: wanted === 'control' })
}

const bouncesUnknownUser = check({
  id: 'delivery/bounces-unknown-user',
  requirement: 'delivery.bounces-unknown-user',
  title: 'tells a sender on the same server that a user does not exist',
  profile: 'list',
  needs: { accounts: 1, messages: 1, cost: 'slow' },
  async run(t) {
    const [alice] = await t.accounts(1)
    await returned(t, alice, t.unusedCredentials().address, 'judged')
  },
})

const bouncesUnknownDomain = check({
  id: 'delivery/bounces-unknown-domain',
  requirement: 'delivery.bounces-unknown-domain',
  title: 'tells the sender that a domain does not exist',
  profile: 'list',
  needs: { accounts: 1, messages: 1, cost: 'slow' },
  async run(t) {
    const [alice] = await t.accounts(1)
    // RFC 2606 keeps .invalid from ever existing.
    await returned(t, alice, `nobody@chatmail-check-${t.mail.random.hex(8)}.invalid`, 'judged')
  },
})

const bouncesReadably = check({
  id: 'delivery/bounces-readably',
  requirement: 'delivery.bounces-readably',
  title: 'writes delivery reports that clients understand',
  profile: 'list',
  needs: { accounts: 1, messages: 1, cost: 'slow' },
  async run(t) {
    const [alice] = await t.accounts(1)
    const recipient = t.unusedCredentials().address
    const got = await returned(t, alice, recipient, 'control')
    if (!got) return
    t.expect('its sender', from(got), daemon)
    const report = await readBounce(got.bytes)
    t.expect('its form', report, deliveryReport)
    if (report) t.expect('what it reports', report, failureOf(recipient))
  },
})

function from({ bytes }: Delivered): string {
  return headerValues(bytes, 'From').join(' and ')
}

/** Delta Chat core downloads unencrypted mail from these names only. */
const daemon: Matcher<string> = satisfies('an address with mailer-daemon or mail-daemon in it', (value) =>
  /mail(er)?-daemon/i.test(value),
)

const deliveryReport: Matcher<Bounce | undefined> = satisfies(
  'multipart/report with report-type=delivery-status',
  (report) => report !== undefined,
  (report) => (report ? 'a delivery report' : 'another kind of message'),
)

function failureOf(recipient: string): Matcher<Bounce> {
  return satisfies(
    `Action: failed for ${recipient}`,
    ({ recipients }) =>
      recipients.some((each) => each.recipient.toLowerCase() === recipient.toLowerCase() && each.action === 'failed'),
    ({ recipients }) => recipients.map((each) => `${each.action} for ${each.recipient}`).join(', ') || 'no recipient',
  )
}

export const returnChecks = [bouncesUnknownUser, bouncesUnknownDomain, bouncesReadably]
