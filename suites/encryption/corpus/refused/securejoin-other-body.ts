// madmail wants only a text that starts with `secure-join:`; this one does not, so it refuses it too.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { textPart } from '../../../../harness/mail/mime.ts'
import { securejoin } from '../pgp-mime.ts'

export const securejoinOtherBody = {
  id: 'securejoin-other-body',
  why: 'a securejoin header over a body that is something else',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => securejoin(mail, from, to, { parts: [textPart('Readable text.\r\n')] }),
} as const satisfies Sample
