// madmail reads no armour and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgPublicKey = {
  id: 'gnupg-public-key',
  why: 'GnuPG with --export: a public key where the message should be',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['public-key']),
} as const satisfies Sample
