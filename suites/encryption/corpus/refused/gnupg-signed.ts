// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgSigned = {
  id: 'gnupg-signed',
  why: 'GnuPG signing without encrypting: compressed, and anybody can inflate it',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours.signed),
} as const satisfies Sample
