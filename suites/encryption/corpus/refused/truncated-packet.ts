// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'

export const truncatedPacket = {
  id: 'truncated-packet',
  why: 'the last packet says it is longer than it is',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => mail.armoured(from, to, writePackets(await mail.packets(from, to)).subarray(0, -20)),
} as const satisfies Sample
