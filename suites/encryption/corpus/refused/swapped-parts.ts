// madmail reads no parts and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const swappedParts = {
  id: 'swapped-parts',
  why: 'the version part comes second: not PGP/MIME (RFC 3156, 4)',
  expect: 'refused',
  level: 'may',
  build: async (mail, from, to) =>
    shaped(mail, from, to, { parts: [armourPart(armour(writePackets(await mail.packets(from, to)))), versionPart] }),
} as const satisfies Sample
