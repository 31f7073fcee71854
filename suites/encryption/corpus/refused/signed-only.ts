// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { literal, signature, writePackets } from '../../../../harness/mail/packets.ts'

export const signedOnly = {
  id: 'signed-only',
  why: 'a signature and literal data: signed, not encrypted',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) =>
    mail.armoured(from, to, writePackets([signature(mail.random), literal('Readable text.\r\n')])),
} as const satisfies Sample
