// Only filters that know the legacy packet format take it (filtermail 0.3).
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgTwoRecipients = {
  id: 'gnupg-two-recipients',
  why: 'GnuPG 2.2 for an RSA and a Curve25519 key',
  expect: 'accepted',
  level: 'may',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['two-recipients']),
} as const satisfies Sample
