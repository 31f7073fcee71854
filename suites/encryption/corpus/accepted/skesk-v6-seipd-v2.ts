// madmail looks only for `application/pgp-encrypted`, so it takes this too.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'

export const skeskV6SeipdV2 = {
  id: 'skesk-v6-seipd-v2',
  why: 'securejoin of today begins with a password-encrypted message that has no Chat-Version',
  expect: 'accepted',
  level: 'must',
  build: async (mail, from, to) =>
    mail.armoured(from, to, writePackets(await mail.passwordPackets(from)), { omitHeaders: ['Chat-Version'] }),
} as const satisfies Sample
