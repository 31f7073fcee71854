// Messages that real servers treat differently, or that pass through holes of the deployed ones: reported, never judged.
import type { RequirementId } from '../../catalogue/index.ts'
import { batch } from '../../harness/check/define.ts'
import type { Profile } from '../../harness/check/types.ts'
import { chosenOf } from '../chosen.ts'
import { sendersOf } from '../senders.ts'
import { treatment } from '../treatment.ts'
import { corpus, type SampleId } from './corpus/index.ts'
import { sampleMembers } from './sample-members.ts'

const samples = {
  'no-checksum': ['encryption.unusual-armour', 'list'],
  'wrong-checksum': ['encryption.unusual-armour', 'list'],
  'openpgp-armour': ['encryption.unusual-armour', 'list'],
  'base64-part': ['encryption.unusual-armour', 'list'],
  'legacy-packet-format': ['encryption.unusual-packets', 'list'],
  'gnupg-curve-25519': ['encryption.unusual-packets', 'full'],
  'gnupg-two-recipients': ['encryption.unusual-packets', 'full'],
  'gnupg-hidden-recipient': ['encryption.unusual-packets', 'full'],
  'gnupg-signed-inside': ['encryption.unusual-packets', 'full'],
  'gnupg-piped': ['encryption.unusual-packets', 'full'],
  'gnupg-password': ['encryption.unusual-packets', 'full'],
  'indeterminate-length': ['encryption.unusual-packets', 'list'],
  'seipd-alone': ['encryption.unusual-packets', 'list'],
  'marker-first': ['encryption.unusual-packets', 'list'],
  'padding-last': ['encryption.unusual-packets', 'list'],
  'gnupg-aead': ['encryption.unusual-packets', 'list'],
  'one-part': ['encryption.unusual-structures', 'list'],
  'text-in-preamble': ['encryption.unusual-structures', 'list'],
  'text-in-epilogue': ['encryption.unusual-structures', 'list'],
  smime: ['encryption.unusual-structures', 'list'],
  'setup-message-to-self': ['encryption.setup-message-to-oneself', 'list'],
} as const satisfies Partial<Record<SampleId, readonly [RequirementId, Profile]>>

const members = sampleMembers('takes', samples, true)

export const takesSamples = batch({
  id: 'encryption/takes',
  needs: { accounts: 4, messages: 1, deadline: 120_000 },
  members,
  async run(t, chosen) {
    const [bob, ...others] = await t.accounts(4)
    if (!bob) return
    const senders = sendersOf(t, others)
    for (const { id, sample } of chosenOf(members, chosen)) {
      const member = t.member(id)
      const alice = senders.next()
      const isToSelf = 'toSelf' in corpus[sample]
      const mail = await t.mail.sample(corpus[sample], alice, isToSelf ? alice : bob)
      const seen = treatment(await senders.send(alice, mail))
      if (seen) member.observe(seen)
    }
  },
})
