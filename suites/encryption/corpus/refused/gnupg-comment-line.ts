// madmail reads no armour and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgCommentLine = {
  id: 'gnupg-comment-line',
  why: 'GnuPG with --comment: a Comment: line in the armour',
  expect: 'refused',
  level: 'may',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['with-comment']),
} as const satisfies Sample
