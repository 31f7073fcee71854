// Known implementations agree on this sample.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const oddBoundary = {
  id: 'odd-boundary',
  why: 'a boundary may hold spaces and punctuation and be 70 characters long (RFC 2046, 5.1.1)',
  expect: 'accepted',
  level: 'should',
  build: async (mail, from, to) =>
    shaped(mail, from, to, {
      parts: [versionPart, armourPart(armour(writePackets(await mail.packets(from, to))))],
      boundary: `=_(odd)+, -./:?'_${mail.random.hex(53)}`,
    }),
} as const satisfies Sample
