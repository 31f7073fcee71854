// Forged From headers over an honest envelope: each must be refused, and must not arrive all the same.
import type { RequirementId } from '../../catalogue/index.ts'
import { batch } from '../../harness/check/define.ts'
import type { Profile } from '../../harness/check/types.ts'
import { type ForgeryId, forge } from '../../harness/mail/forged.ts'
import { chosenOf } from '../chosen.ts'
import { expectRefusals } from '../refusals.ts'
import { sendersOf } from '../senders.ts'
import { forgeryMembers } from './forgery-members.ts'

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
    await expectRefusals(t, sendersOf(t, others), bob, chosenOf(members, chosen), ({ forgery }, alice) =>
      forge(t.mail, forgery, alice, bob, carol),
    )
  },
})
