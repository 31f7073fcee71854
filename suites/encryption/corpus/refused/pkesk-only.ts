// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { pkeskV6, writePackets } from '../../../../harness/mail/packets.ts'

export const pkeskOnly = {
  id: 'pkesk-only',
  why: 'session keys without any encrypted data',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => mail.armoured(from, to, writePackets([pkeskV6(mail.random), pkeskV6(mail.random)])),
} as const satisfies Sample
