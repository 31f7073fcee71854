// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgStored = {
  id: 'gnupg-stored',
  why: 'GnuPG with --store: nothing but readable data in armour',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours.stored),
} as const satisfies Sample
