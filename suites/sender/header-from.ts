// Forged From headers over an honest envelope: each must be refused, and must not arrive all the same.
import type { RequirementId } from '../../catalogue/index.ts'
import { batch } from '../../harness/check/define.ts'
import { accepted, holds, isFalse, refusedOrClosed } from '../../harness/check/matchers.ts'
import type { Profile } from '../../harness/check/types.ts'
import { type ForgeryId, forge } from '../../harness/mail/forged.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { sendersOf } from '../senders.ts'
import { chosenForgeries, forgeryMembers } from './forgery-members.ts'

const forged = {
  'other-local-user': ['sender.from-is-own', 'quick'],
  'foreign-domain': ['sender.from-is-own', 'quick'],
  'no-from': ['sender.requires-from', 'quick'],
  'first-from-foreign': ['sender.first-from-decides', 'quick'],
  'first-mailbox-foreign': ['sender.first-mailbox-decides', 'list'],
  'no-address': ['sender.requires-address-in-from', 'list'],
  'display-name-own': ['sender.from-is-the-address', 'list'],
  'comment-own': ['sender.from-is-the-address', 'list'],
  'sender-own': ['sender.from-is-the-address', 'list'],
} as const satisfies Partial<Record<ForgeryId, readonly [RequirementId, Profile]>>

const members = forgeryMembers('refuses', forged)

export const refusesForgedFrom = batch({
  id: 'sender/refuses',
  needs: { accounts: 4, messages: 1, deadline: 120_000 },
  members,
  async run(t, chosen) {
    const [bob, carol, ...others] = await t.accounts(4)
    if (!bob || !carol) return
    const senders = sendersOf(t, others)
    const sent = new Map<string, Mail>()
    for (const { id, forgery } of chosenForgeries(members, chosen)) {
      const member = t.member(id)
      const alice = senders.next()
      const mail = await forge(t.mail, forgery, alice, bob, carol)
      member.expect('it is refused', await senders.send(alice, mail), refusedOrClosed)
      sent.set(id, mail)
    }

    const alice = senders.next()
    const sentinel = await t.mail.encrypted(alice, bob)
    t.control('an honest message is accepted', await senders.send(alice, sentinel), accepted, {
      coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
    })
    await t.eventually('the honest one arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })
    const there = new Set((await t.inbox(bob).minted()).map(({ messageId }) => messageId))
    for (const [id, mail] of sent) t.member(id).expect('it arrives', there.has(mail.messageId), isFalse)
  },
})
