// Only newer filters (filtermail 0.3) take the legacy format; core never writes it. SEIPD itself has no legacy form.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { concat } from '../../../../harness/mail/octets.ts'
import { packetType, writePacket } from '../../../../harness/mail/packets.ts'

export const legacyPacketFormat = {
  id: 'legacy-packet-format',
  why: 'GnuPG writes session key packets in the legacy format',
  expect: 'accepted',
  level: 'may',
  build: async (mail, from, to) => {
    const packets = await mail.packets(from, to, { profile: 'v1' })
    const framed = packets.map((one) => writePacket(one, one.type === packetType.seipd ? 'shortest' : 'legacy'))
    return mail.armoured(from, to, concat(...framed))
  },
} as const satisfies Sample
