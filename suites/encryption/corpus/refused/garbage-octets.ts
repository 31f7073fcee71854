// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const garbageOctets = {
  id: 'garbage-octets',
  why: 'good base64 of octets that are no OpenPGP packets',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) =>
    mail.armoured(
      from,
      to,
      mail.random.octets(900).map((octet) => octet & 0x7f),
    ),
} as const satisfies Sample
