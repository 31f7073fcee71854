// Refused outbound only: inbound, filtermail drops this line. madmail accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgVersionLine = {
  id: 'gnupg-version-line',
  why: 'GnuPG with --emit-version: a Version: line in the armour',
  expect: 'refused',
  inbound: 'accepted',
  level: 'may',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['with-version']),
} as const satisfies Sample
