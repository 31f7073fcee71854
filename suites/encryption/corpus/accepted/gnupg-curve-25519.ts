// Only filters that know the legacy packet format take it (filtermail 0.3).
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgCurve25519 = {
  id: 'gnupg-curve-25519',
  why: 'GnuPG 2.2 for a Curve25519 key: a session key packet in the legacy format',
  expect: 'accepted',
  level: 'may',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['curve-25519']),
} as const satisfies Sample
