// Only filters that know the legacy format and partial lengths take it (filtermail 0.3).
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgPiped = {
  id: 'gnupg-piped',
  why: 'GnuPG reading from a pipe: encrypted data in partial lengths behind a legacy packet',
  expect: 'accepted',
  level: 'may',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours.piped),
} as const satisfies Sample
