// madmail looks only at the first text and may accept it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { textPart } from '../../../../harness/mail/mime.ts'
import { securejoin } from '../pgp-mime.ts'

export const securejoinExtraAttachment = {
  id: 'securejoin-extra-attachment',
  why: 'a securejoin request with a readable second part',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) =>
    securejoin(mail, from, to, {
      parts: [textPart('Secure-Join: vc-request\r\n'), textPart('<p>Readable text.</p>\r\n', 'html')],
    }),
} as const satisfies Sample
