// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'

export const armour76Columns = {
  id: 'armour-76-columns',
  why: 'armour lines may be 76 characters long (RFC 9580, 6)',
  expect: 'accepted',
  level: 'should',
  build: async (mail, from, to) =>
    mail.armoured(from, to, writePackets(await mail.packets(from, to)), { armour: { columns: 76 } }),
} as const satisfies Sample
