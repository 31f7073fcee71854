// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'

export const fiveOctetLengths = {
  id: 'five-octet-lengths',
  why: 'a writer may use the longest form of the length everywhere (RFC 9580, 4.2.1.3)',
  expect: 'accepted',
  level: 'should',
  build: async (mail, from, to) => mail.armoured(from, to, writePackets(await mail.packets(from, to), 'five-octet')),
} as const satisfies Sample
