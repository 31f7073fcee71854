// madmail reads no parts and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { textPart, versionPart } from '../../../../harness/mail/mime.ts'
import { shaped } from '../pgp-mime.ts'

export const secondPartText = {
  id: 'second-part-text',
  why: 'multipart/encrypted whose second part is text/plain',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => shaped(mail, from, to, { parts: [versionPart, textPart('Readable text.\r\n')] }),
} as const satisfies Sample
