// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { literal, writePacket } from '../../../../harness/mail/packets.ts'

export const literalInArmour = {
  id: 'literal-in-armour',
  why: 'a literal data packet: looks like PGP, anybody can read it',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => mail.armoured(from, to, writePacket(literal('Readable text.\r\n'))),
} as const satisfies Sample
