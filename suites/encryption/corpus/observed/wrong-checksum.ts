// No known filter verifies it; RFC 9580 6.1 says a reader should not reject by it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'

export const wrongChecksum = {
  id: 'wrong-checksum',
  why: 'armour with a CRC line that does not fit',
  expect: 'observed',
  build: async (mail, from, to) =>
    mail.armoured(from, to, writePackets(await mail.packets(from, to)), { armour: { checksum: 'wrong' } }),
} as const satisfies Sample
