// Messages that must be refused, as a batch: each is submitted, then an honest one; once that is there, none of the others may be.
// Used by the batches of encryption and sender.
import { accepted, holds, isFalse, refusedOrClosed } from '../harness/check/matchers.ts'
import type { BatchContext, CheckMeta } from '../harness/check/types.ts'
import type { Account } from '../harness/host/account.ts'
import type { Mail } from '../harness/mail/mail.ts'
import type { Senders } from './senders.ts'

/** `mailOf` makes the message of a member, to be submitted by `alice`. The honest one goes to `bob`, too. */
export async function expectRefusals<M extends CheckMeta>(
  t: BatchContext,
  senders: Senders,
  bob: Account,
  members: readonly M[],
  mailOf: (member: M, alice: Account) => Promise<Mail>,
): Promise<void> {
  const sent = new Map<string, Mail>()
  for (const member of members) {
    const alice = senders.next()
    const mail = await mailOf(member, alice)
    t.member(member.id).expect('it is refused', await senders.send(alice, mail), refusedOrClosed)
    sent.set(member.id, mail)
  }

  const alice = senders.next()
  const sentinel = await t.mail.encrypted(alice, bob)
  t.control('an honest encrypted message is accepted', await senders.send(alice, sentinel), accepted, {
    coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
  })
  await t.eventually('the honest one arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })
  const there = new Set((await t.inbox(bob).minted()).map(({ messageId }) => messageId))
  for (const [id, mail] of sent) t.member(id).expect('it arrives', there.has(mail.messageId), isFalse)
}
