// The relay of February 2025 refuses it; its filter reads partial lengths since 1.7.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { concat } from '../../../../harness/mail/octets.ts'
import { packetType, writePacket } from '../../../../harness/mail/packets.ts'

export const partialLengths = {
  id: 'partial-lengths',
  why: 'a writer that streams does not know the length beforehand (RFC 9580, 4.2.1.4)',
  expect: 'accepted',
  level: 'must',
  build: async (mail, from, to) => {
    const packets = await mail.packets(from, to, { size: 3000 })
    const framed = packets.map((one) => writePacket(one, one.type === packetType.seipd ? 'partial' : 'shortest'))
    return mail.armoured(from, to, concat(...framed))
  },
} as const satisfies Sample
