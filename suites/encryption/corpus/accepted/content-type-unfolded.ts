// Known implementations agree on this sample.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const contentTypeUnfolded = {
  id: 'content-type-unfolded',
  why: 'the boundary may stand on the first line, unquoted and with its parameters in another order',
  expect: 'accepted',
  level: 'must',
  build: async (mail, from, to) =>
    shaped(mail, from, to, {
      parts: [versionPart, armourPart(armour(writePackets(await mail.packets(from, to))))],
      type: (boundary) => `multipart/encrypted; boundary=${boundary}; protocol="application/pgp-encrypted"`,
    }),
} as const satisfies Sample
