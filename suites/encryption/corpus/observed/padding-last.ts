// RFC 9580 5.14 has readers skip padding; the relay's filters refuse it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { padding, writePackets } from '../../../../harness/mail/packets.ts'

export const paddingLast = {
  id: 'padding-last',
  why: 'a padding packet after the rest',
  expect: 'observed',
  build: async (mail, from, to) =>
    mail.armoured(from, to, writePackets([...(await mail.packets(from, to)), padding(mail.random, 64)])),
} as const satisfies Sample
