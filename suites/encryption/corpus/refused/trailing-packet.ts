// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { literal, writePackets } from '../../../../harness/mail/packets.ts'

export const trailingPacket = {
  id: 'trailing-packet',
  why: 'readable data in a packet behind the encrypted one',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const packets = await mail.packets(from, to)
    return mail.armoured(from, to, writePackets([...packets, literal('Readable text.\r\n')]))
  },
} as const satisfies Sample
