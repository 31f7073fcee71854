// RFC 9580 5.8 has readers skip markers; the relay's filters refuse it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { marker, writePackets } from '../../../../harness/mail/packets.ts'

export const markerFirst = {
  id: 'marker-first',
  why: 'a marker packet before the rest',
  expect: 'observed',
  build: async (mail, from, to) => mail.armoured(from, to, writePackets([marker, ...(await mail.packets(from, to))])),
} as const satisfies Sample
