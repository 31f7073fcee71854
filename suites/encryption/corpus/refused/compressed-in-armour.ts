// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { compressed, literal, writePacket } from '../../../../harness/mail/packets.ts'

export const compressedInArmour = {
  id: 'compressed-in-armour',
  why: 'a compressed data packet: anybody can inflate it',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => mail.armoured(from, to, writePacket(compressed(literal('Readable text.\r\n')))),
} as const satisfies Sample
