// RFC 9580 advises against the line, and the relay's filters do without it as long as the base64 needs no padding, as here.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { seipdV2, writePackets } from '../../../../harness/mail/packets.ts'

export const noChecksum = {
  id: 'no-checksum',
  why: 'armour without the CRC line, its base64 without padding',
  expect: 'observed',
  build: (mail, from, to) =>
    mail.armoured(from, to, writePackets([seipdV2(mail.random, 900)]), { armour: { checksum: 'none' } }),
} as const satisfies Sample
