// From headers that are right but not the plainest, which must get through; and those that servers treat differently.
import type { RequirementId } from '../../catalogue/index.ts'
import { batch } from '../../harness/check/define.ts'
import { accepted, holds, isTrue } from '../../harness/check/matchers.ts'
import type { Profile } from '../../harness/check/types.ts'
import { type ForgeryId, forge } from '../../harness/mail/forged.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { arrivals } from '../arrivals.ts'
import { chosenOf } from '../chosen.ts'
import { sendersOf } from '../senders.ts'
import { treatment } from '../treatment.ts'
import { forgeryMembers } from './forgery-members.ts'

const own = {
  'display-name': ['sender.accepts-own-from', 'list'],
  'upper-case': ['sender.accepts-own-from', 'list'],
} as const satisfies Partial<Record<ForgeryId, readonly [RequirementId, Profile]>>

const ownMembers = forgeryMembers('accepts', own)

export const acceptsOwnFrom = batch({
  id: 'sender/accepts',
  needs: { accounts: 2, messages: 1 },
  members: ownMembers,
  async run(t, chosen) {
    const [alice, bob] = await t.accounts(2)
    const senders = sendersOf(t, [alice])
    const sent = new Map<string, Mail>()
    for (const { id, forgery } of chosenOf(ownMembers, chosen)) {
      const member = t.member(id)
      const mail = await forge(t.mail, forgery, alice, bob)
      const outcome = await senders.send(alice, mail)
      member.expect('it is accepted', outcome, accepted)
      if (outcome.accepted) sent.set(id, mail)
    }

    const sentinel = await t.mail.encrypted(alice, bob)
    t.control('a plain address is accepted', await senders.send(alice, sentinel), accepted, {
      coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
    })
    await t.eventually('the plain one arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })
    const there = await arrivals(t, bob, [...sent.values()])
    for (const [id, mail] of sent) t.member(id).expect('it arrives', there.has(mail.messageId), isTrue)
  },
})

const unusual = {
  'display-name-other': ['sender.unusual-from', 'list'],
  'second-from-foreign': ['sender.unusual-from', 'list'],
  'second-mailbox-foreign': ['sender.unusual-from', 'list'],
  'group-own': ['sender.unusual-from', 'list'],
  'group-other': ['sender.unusual-from', 'list'],
  subaddress: ['sender.unusual-from', 'list'],
} as const satisfies Partial<Record<ForgeryId, readonly [RequirementId, Profile]>>

const unusualMembers = forgeryMembers('takes', unusual, true)

export const takesUnusualFrom = batch({
  id: 'sender/takes',
  needs: { accounts: 3, messages: 1 },
  members: unusualMembers,
  async run(t, chosen) {
    const [alice, bob, carol] = await t.accounts(3)
    const senders = sendersOf(t, [alice])
    for (const { id, forgery } of chosenOf(unusualMembers, chosen)) {
      const member = t.member(id)
      const seen = treatment(await senders.send(alice, await forge(t.mail, forgery, alice, bob, carol)))
      if (seen) member.observe(seen)
    }
  },
})
