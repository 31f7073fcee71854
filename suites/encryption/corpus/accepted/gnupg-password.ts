// Only filters that know the legacy packet format take it (filtermail 0.3).
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgPassword = {
  id: 'gnupg-password',
  why: 'GnuPG with a password: a legacy packet of version 4',
  expect: 'accepted',
  level: 'may',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours.password),
} as const satisfies Sample
