// From outside this is all there is to see of "no MDC": type 9 instead of 18. madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { pkeskV3, sed, writePackets } from '../../../../harness/mail/packets.ts'

export const sedWithPkesk = {
  id: 'sed-with-pkesk',
  why: 'encrypted without integrity protection (packet type 9): can be changed unnoticed (EFAIL)',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) =>
    mail.armoured(from, to, writePackets([pkeskV3(mail.random), pkeskV3(mail.random), sed(mail.random, 900)])),
} as const satisfies Sample
