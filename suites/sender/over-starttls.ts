// Forged senders on port 587: the rules of 465 hold there, too.
import { batch } from '../../harness/check/define.ts'
import { isFalse } from '../../harness/check/matchers.ts'
import type { CheckContext, CheckMeta } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import { forge } from '../../harness/mail/forged.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { chosenOf } from '../chosen.ts'
import { expectRefusals } from '../refusals.ts'
import { sendersOf } from '../senders.ts'
import { openAfterStartTls } from '../starttls.ts'

interface Forged extends CheckMeta {
  mailOf(t: CheckContext, alice: Account, bob: Account, carol: Account): Promise<Mail>
}

const members: readonly Forged[] = [
  {
    id: 'sender/refuses-envelope-of-other-user-over-starttls',
    requirement: 'sender.envelope-is-login',
    title: 'refuses the envelope sender of another user of the host on port 587',
    profile: 'list',
    mailOf: (t, alice, bob, { address }) =>
      t.mail.encrypted(alice, bob, { envelopeFrom: address, headerFrom: `<${address}>` }),
  },
  {
    id: 'sender/refuses-other-local-user-over-starttls',
    requirement: 'sender.from-is-own',
    title: 'refuses a From that is another user of the host on port 587',
    profile: 'list',
    mailOf: (t, alice, bob, carol) => forge(t.mail, 'other-local-user', alice, bob, carol),
  },
]

export const refusesForgeryOverStartTls = batch({
  id: 'sender/refuses-over-starttls',
  needs: { accounts: 3, messages: 1, reach: ['submission'] },
  members,
  async run(t, chosen) {
    const forged = chosenOf(members, chosen)
    const [alice, bob, carol] = await t.accounts(3)
    if (!(await openAfterStartTls(t, alice))) {
      for (const { id } of forged) t.member(id).expect('port 587 is open', false, isFalse)
      return
    }
    const senders = sendersOf(t, [alice], 1, { service: 'submission' })
    await expectRefusals(t, senders, bob, forged, ({ mailOf }) => mailOf(t, alice, bob, carol))
  },
})
