// Only filters that know the legacy packet format take it (filtermail 0.3).
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgSignedInside = {
  id: 'gnupg-signed-inside',
  why: 'GnuPG signing and encrypting at once: the signature is within',
  expect: 'accepted',
  level: 'may',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['signed-inside']),
} as const satisfies Sample
