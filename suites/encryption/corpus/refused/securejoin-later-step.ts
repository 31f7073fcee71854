// madmail accepts every vc- and vg- step in clear.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { securejoin } from '../pgp-mime.ts'

export const securejoinLaterStep = {
  id: 'securejoin-later-step',
  why: 'later steps of securejoin carry secrets and must be encrypted',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => securejoin(mail, from, to, { header: 'vc-request-with-auth' }),
} as const satisfies Sample
