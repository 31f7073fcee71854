// madmail reads no armour and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgClearSigned = {
  id: 'gnupg-clear-signed',
  why: 'GnuPG with --clear-sign: readable text between the lines of an armour',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['clear-signed']),
} as const satisfies Sample
