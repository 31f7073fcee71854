// Messages that are not encrypted, or only look so: each must be refused, and must not arrive all the same.
import type { RequirementId } from '../../catalogue/index.ts'
import { batch } from '../../harness/check/define.ts'
import type { Profile } from '../../harness/check/types.ts'
import { chosenOf } from '../chosen.ts'
import { expectRefusals } from '../refusals.ts'
import { sendersOf } from '../senders.ts'
import { corpus, type SampleId } from './corpus/index.ts'
import { sampleMembers } from './sample-members.ts'

/** All of the corpus but `text-plain`, which encryption/refuses-cleartext sends. */
const samples = {
  'large-text': ['encryption.refuses-cleartext', 'list'],
  html: ['encryption.refuses-ordinary-mail', 'list'],
  'multipart-signed': ['encryption.refuses-ordinary-mail', 'list'],
  'armour-in-text-plain': ['encryption.refuses-inline-pgp', 'quick'],
  'read-receipt': ['encryption.refuses-read-receipts', 'quick'],
  'bounce-by-user': ['encryption.refuses-reports-of-users', 'list'],
  'setup-message-to-others': ['encryption.refuses-setup-messages-to-others', 'quick'],
  'securejoin-other-body': ['encryption.refuses-fake-securejoin', 'quick'],
  'securejoin-more-body': ['encryption.refuses-fake-securejoin', 'list'],
  'securejoin-header-only': ['encryption.refuses-fake-securejoin', 'list'],
  'securejoin-extra-attachment': ['encryption.refuses-fake-securejoin', 'list'],
  'securejoin-later-step': ['encryption.refuses-fake-securejoin', 'list'],
  'only-in-name': ['encryption.refuses-readable-parts', 'list'],
  'cleartext-octet-stream': ['encryption.refuses-readable-parts', 'quick'],
  'second-part-text': ['encryption.refuses-readable-parts', 'list'],
  'third-part': ['encryption.refuses-readable-parts', 'quick'],
  'nested-multipart': ['encryption.refuses-readable-parts', 'list'],
  'html-with-encrypted-attachment': ['encryption.refuses-readable-parts', 'list'],
  'version-with-text': ['encryption.refuses-readable-parts', 'list'],
  'multipart-mixed': ['encryption.refuses-other-structures', 'list'],
  'swapped-parts': ['encryption.refuses-odd-structures', 'list'],
  'version-2': ['encryption.refuses-odd-structures', 'list'],
  'text-before-begin-line': ['encryption.refuses-text-beside-armour', 'list'],
  'text-after-end-line': ['encryption.refuses-text-beside-armour', 'list'],
  'cleartext-in-armour': ['encryption.refuses-text-beside-armour', 'list'],
  'garbage-base64': ['encryption.refuses-broken-armour', 'list'],
  'empty-payload': ['encryption.refuses-broken-armour', 'list'],
  'public-key-block': ['encryption.refuses-broken-armour', 'list'],
  'armour-header-comment': ['encryption.refuses-armour-comments', 'list'],
  'armour-header-version': ['encryption.refuses-armour-versions', 'list'],
  'gnupg-version-line': ['encryption.refuses-armour-versions', 'full'],
  'gnupg-comment-line': ['encryption.refuses-armour-comments', 'full'],
  'gnupg-clear-signed': ['encryption.refuses-text-beside-armour', 'full'],
  'gnupg-detached-signature': ['encryption.refuses-broken-armour', 'full'],
  'gnupg-public-key': ['encryption.refuses-broken-armour', 'full'],
  'gnupg-signed': ['encryption.refuses-readable-packets', 'full'],
  'gnupg-signed-uncompressed': ['encryption.refuses-readable-packets', 'full'],
  'gnupg-stored': ['encryption.refuses-readable-packets', 'full'],
  'literal-in-armour': ['encryption.refuses-readable-packets', 'quick'],
  'compressed-in-armour': ['encryption.refuses-readable-packets', 'list'],
  'signed-only': ['encryption.refuses-readable-packets', 'list'],
  'leading-literal': ['encryption.refuses-readable-packets', 'list'],
  'trailing-packet': ['encryption.refuses-readable-packets', 'list'],
  'garbage-octets': ['encryption.refuses-broken-packets', 'list'],
  'pkesk-only': ['encryption.refuses-broken-packets', 'list'],
  'truncated-packet': ['encryption.refuses-broken-packets', 'list'],
  'sed-with-pkesk': ['encryption.refuses-unprotected-data', 'list'],
  'sed-with-skesk': ['encryption.refuses-unprotected-data', 'list'],
} as const satisfies Partial<Record<SampleId, readonly [RequirementId, Profile]>>

const members = sampleMembers('refuses', samples)

export const refusesSamples = batch({
  id: 'encryption/refuses',
  needs: { accounts: 6, messages: 1, deadline: 240_000 },
  members,
  async run(t, chosen) {
    const [bob, ...others] = await t.accounts(6)
    if (!bob) return
    await expectRefusals(t, sendersOf(t, others), bob, chosenOf(members, chosen), ({ sample }, alice) =>
      t.mail.sample(corpus[sample], alice, bob),
    )
  },
})
