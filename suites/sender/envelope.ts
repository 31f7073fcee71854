// Envelope senders that are not the login: each must be refused, and its message must not arrive. From agrees with the
// envelope where it can, so that only the rule about the envelope stands in the way.
import { batch } from '../../harness/check/define.ts'
import type { CheckMeta } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import { foreignSender } from '../../harness/mail/forged.ts'
import { chosenOf } from '../chosen.ts'
import { expectRefusals } from '../refusals.ts'
import { sendersOf } from '../senders.ts'

interface Forged extends CheckMeta {
  envelopeFrom(alice: Account, carol: Account): string
  readonly honestHeader?: boolean
}

const members: readonly Forged[] = [
  {
    id: 'sender/refuses-envelope-of-other-user',
    requirement: 'sender.envelope-is-login',
    title: 'refuses the envelope sender of another user of the host',
    envelopeFrom: (_alice, carol) => carol.address,
  },
  {
    id: 'sender/refuses-envelope-of-other-domain',
    requirement: 'sender.envelope-is-login',
    title: 'refuses an envelope sender of another domain',
    profile: 'list',
    envelopeFrom: () => foreignSender,
  },
  {
    id: 'sender/refuses-null-sender',
    requirement: 'sender.refuses-null-sender',
    title: 'refuses the null sender from a user',
    profile: 'list',
    envelopeFrom: () => '',
    honestHeader: true,
  },
  {
    id: 'sender/refuses-malformed-sender',
    requirement: 'sender.refuses-malformed-sender',
    title: 'refuses an envelope sender with two @ signs',
    profile: 'list',
    envelopeFrom: (alice) => `${alice.address}@example.org`,
    honestHeader: true,
  },
]

export const refusesForgedEnvelope = batch({
  id: 'sender/refuses-envelope',
  needs: { accounts: 3, messages: 1 },
  members,
  async run(t, chosen) {
    const [alice, bob, carol] = await t.accounts(3)
    // maddy 0.8 refuses whatever follows a refused sender in its session, RSET or not: each has a session of its own.
    const senders = sendersOf(t, [alice], 1)
    await expectRefusals(t, senders, bob, chosenOf(members, chosen), ({ envelopeFrom, honestHeader }) => {
      const sender = envelopeFrom(alice, carol)
      const headerFrom = honestHeader ? {} : { headerFrom: `<${sender}>` }
      return t.mail.encrypted(alice, bob, { envelopeFrom: sender, ...headerFrom })
    })
  },
})
