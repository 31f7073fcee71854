// Only filters that know the legacy packet format take it (filtermail 0.3).
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armours } from '../gnupg/armours.ts'
import { fromGnupg } from '../pgp-mime.ts'

export const gnupgHiddenRecipient = {
  id: 'gnupg-hidden-recipient',
  why: 'GnuPG with --throw-keyids: the ID of the key is all zeros',
  expect: 'accepted',
  level: 'may',
  build: (mail, from, to) => fromGnupg(mail, from, to, armours['hidden-recipient']),
} as const satisfies Sample
