// The relay's filters accept it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { seipdV2, writePackets } from '../../../../harness/mail/packets.ts'

export const seipdAlone = {
  id: 'seipd-alone',
  why: 'encrypted data without any session key packet',
  expect: 'observed',
  build: (mail, from, to) => mail.armoured(from, to, writePackets([seipdV2(mail.random, 900)])),
} as const satisfies Sample
