// madmail reads no armour and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgDetachedSignature = {
  id: 'gnupg-detached-signature',
  why: 'GnuPG with --detach-sign: the armour of a signature',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['detached-signature']),
} as const satisfies Sample
