// madmail reads no packets and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgSignedUncompressed = {
  id: 'gnupg-signed-uncompressed',
  why: 'GnuPG signing without encrypting or compressing: the text stands there',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['signed-uncompressed']),
} as const satisfies Sample
