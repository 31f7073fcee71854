// Encrypted messages of every shape that clients write: each must be accepted, and must arrive.
import type { RequirementId } from '../../catalogue/index.ts'
import { batch } from '../../harness/check/define.ts'
import { holds, isTrue, accepted as taken } from '../../harness/check/matchers.ts'
import type { Profile } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { arrivals } from '../arrivals.ts'
import { chosenOf } from '../chosen.ts'
import { sendersOf } from '../senders.ts'
import { corpus, type SampleId } from './corpus/index.ts'
import { sampleMembers } from './sample-members.ts'

const samples = {
  'pkesk-v3-seipd-v1': ['encryption.accepts-older-keys', 'quick'],
  'many-pkesk-v3': ['encryption.accepts-older-keys', 'list'],
  'many-pkesk-v6': ['encryption.accepts-many-keys', 'quick'],
  'mixed-pkesk-versions': ['encryption.accepts-mixed-session-keys', 'list'],
  'skesk-and-pkesk': ['encryption.accepts-mixed-session-keys', 'list'],
  'skesk-v6-seipd-v2': ['encryption.accepts-password-encrypted', 'quick'],
  'securejoin-vc-request': ['encryption.accepts-securejoin-request', 'quick'],
  'securejoin-vg-request': ['encryption.accepts-securejoin-request', 'list'],
  'medium-size': ['encryption.accepts-larger-messages', 'list'],
  'post-message': ['encryption.accepts-larger-messages', 'list'],
  'no-chat-version': ['encryption.ignores-chat-headers', 'quick'],
  'content-type-first': ['encryption.accepts-any-header-order', 'quick'],
  'header-order-reversed': ['encryption.accepts-any-header-order', 'list'],
  'content-type-unfolded': ['encryption.accepts-any-header-order', 'list'],
  'header-name-case': ['encryption.accepts-any-spelling', 'list'],
  'upper-case-types': ['encryption.accepts-any-spelling', 'list'],
  'odd-boundary': ['encryption.accepts-any-spelling', 'list'],
  'thunderbird-like': ['encryption.accepts-other-clients', 'list'],
  'outer-autocrypt': ['encryption.accepts-other-clients', 'list'],
  'partial-lengths': ['encryption.accepts-partial-lengths', 'list'],
  'five-octet-lengths': ['encryption.accepts-long-lengths', 'list'],
  'armour-76-columns': ['encryption.reads-armour', 'list'],
  'armour-blank-lines-after': ['encryption.reads-armour', 'list'],
} as const satisfies Partial<Record<SampleId, readonly [RequirementId, Profile]>>

const members = sampleMembers('accepts', samples)

export const acceptsSamples = batch({
  id: 'encryption/accepts',
  needs: { accounts: 5, messages: 1, deadline: 180_000 },
  members,
  async run(t, chosen) {
    const [bob, ...others] = await t.accounts(5)
    if (!bob) return
    const senders = sendersOf(t, others)
    const sent = new Map<string, { mail: Mail; alice: Account }>()
    for (const { id, sample } of chosenOf(members, chosen)) {
      const member = t.member(id)
      const alice = senders.next()
      const mail = await t.mail.sample(corpus[sample], alice, bob)
      const outcome = await senders.send(alice, mail)
      member.expect('it is accepted', outcome, taken)
      if (outcome.accepted) sent.set(id, { mail, alice })
    }

    const alice = senders.next()
    const sentinel = await t.mail.encrypted(alice, bob)
    t.control('a plain encrypted message is accepted', await senders.send(alice, sentinel), taken, {
      coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
    })
    await t.eventually('the plain one arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })

    const mails = [...sent.values()].map(({ mail }) => mail)
    let there = await arrivals(t, bob, mails, t.host.timing.arrival / 4)
    const missing = [...sent.values()].filter(({ mail }) => !there.has(mail.messageId))
    if (missing.length > 0) {
      // One loss says more about the way than about the filter: each gets a second chance.
      for (const one of missing) await senders.send(one.alice, one.mail)
      there = await arrivals(t, bob, mails)
    }
    for (const [id, { mail }] of sent) t.member(id).expect('it arrives', there.has(mail.messageId), isTrue)
  },
})
