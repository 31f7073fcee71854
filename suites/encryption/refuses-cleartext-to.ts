// Cleartext is refused whoever it is for: oneself, somebody elsewhere, several people of whom one is elsewhere.
import { batch } from '../../harness/check/define.ts'
import { accepted, equals, holds, isFalse, refusedOrClosed } from '../../harness/check/matchers.ts'
import type { CheckMeta } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { latin1 } from '../../harness/mail/octets.ts'
import { chosenOf } from '../chosen.ts'
import { sendersOf } from '../senders.ts'

/** Never resolves (RFC 2606): what a server lets pass goes nowhere. */
const elsewhere = 'someone@nowhere.invalid'

interface Addressed extends CheckMeta {
  recipients(alice: Account, bob: Account): readonly (Account | string)[]
}

const members: readonly Addressed[] = [
  {
    id: 'encryption/refuses-cleartext-to-self',
    requirement: 'encryption.refuses-cleartext-to-oneself',
    title: 'refuses cleartext to oneself',
    recipients: (alice) => [alice],
  },
  {
    id: 'encryption/refuses-cleartext-to-other-domain',
    requirement: 'encryption.refuses-cleartext-to-others-domains',
    title: 'refuses cleartext to a user of another domain',
    recipients: () => [elsewhere],
  },
  {
    id: 'encryption/refuses-cleartext-to-several',
    requirement: 'encryption.refuses-cleartext-to-several',
    title: 'refuses cleartext to several recipients of whom one is at another domain',
    recipients: (_alice, bob) => [bob, elsewhere],
  },
]

export const refusesCleartextTo = batch({
  id: 'encryption/refuses-cleartext-to',
  needs: { accounts: 2, messages: 1 },
  members,
  async run(t, chosen) {
    const [alice, bob] = await t.accounts(2)
    const senders = sendersOf(t, [alice])
    const sent = new Map<string, Mail>()
    for (const { id, recipients } of chosenOf(members, chosen)) {
      const member = t.member(id)
      const to = recipients(alice, bob)
      const mail = t.mail.cleartext(alice, to)
      const outcome = await senders.send(alice, mail)
      if (outcome.stage === 'RCPT' && outcome.reply && to.every((one) => one === elsewhere)) {
        member.leave('undecided', `${elsewhere} is refused at RCPT, before anything is said in clear`)
        continue
      }
      member.expect('it is refused', outcome, refusedOrClosed)
      sent.set(id, mail)
    }

    const sentinel = await t.mail.encrypted(alice, [bob, alice])
    t.control('an encrypted message is accepted', await senders.send(alice, sentinel), accepted, {
      coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
    })
    for (const account of [bob, alice]) {
      await t.eventually('the encrypted one arrives', () => t.inbox(account).minted(), holds(sentinel), {
        control: true,
      })
    }
    const there = [...(await t.inbox(bob).all()), ...(await t.inbox(alice).all())]
    for (const [id, mail] of sent) {
      const arrived = there.some(({ messageId }) => messageId === mail.messageId)
      t.member(id).expect('it arrives', arrived, isFalse)
      // A bounce would tell that it was sent on.
      const bounces = there.filter(({ messageId, bytes }) => {
        return messageId !== mail.messageId && latin1(bytes).includes(mail.messageId)
      })
      t.member(id).expect('bounces of it', bounces.length, equals(0))
    }
  },
})
