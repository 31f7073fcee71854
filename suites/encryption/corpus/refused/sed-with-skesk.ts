// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { sed, skeskV4, writePackets } from '../../../../harness/mail/packets.ts'

export const sedWithSkesk = {
  id: 'sed-with-skesk',
  why: 'the same with a password: no integrity protection',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => mail.armoured(from, to, writePackets([skeskV4(mail.random), sed(mail.random, 900)])),
} as const satisfies Sample
