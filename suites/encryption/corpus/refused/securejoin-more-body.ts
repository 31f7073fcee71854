// madmail looks only at how the text starts and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { textPart } from '../../../../harness/mail/mime.ts'
import { securejoin } from '../pgp-mime.ts'

export const securejoinMoreBody = {
  id: 'securejoin-more-body',
  why: 'a securejoin request with readable text behind its line',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) =>
    securejoin(mail, from, to, { parts: [textPart('Secure-Join: vc-request\r\n\r\nReadable text.\r\n')] }),
} as const satisfies Sample
