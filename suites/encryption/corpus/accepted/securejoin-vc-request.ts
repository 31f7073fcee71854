// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { securejoin } from '../pgp-mime.ts'

export const securejoinVcRequest = {
  id: 'securejoin-vc-request',
  why: 'older invite links begin with this request in clear; without it contacts cannot be made',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => securejoin(mail, from, to, { header: 'vc-request' }),
} as const satisfies Sample
