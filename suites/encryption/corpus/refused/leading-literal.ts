// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { literal, writePackets } from '../../../../harness/mail/packets.ts'

export const leadingLiteral = {
  id: 'leading-literal',
  why: 'readable data in a packet before the encrypted one',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const packets = await mail.packets(from, to)
    return mail.armoured(from, to, writePackets([literal('Readable text.\r\n'), ...packets]))
  },
} as const satisfies Sample
