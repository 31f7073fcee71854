// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { securejoin } from '../pgp-mime.ts'

export const securejoinVgRequest = {
  id: 'securejoin-vg-request',
  why: 'the same for joining a group by an older invite link',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => securejoin(mail, from, to, { header: 'vg-request' }),
} as const satisfies Sample
