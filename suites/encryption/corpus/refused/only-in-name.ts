// madmail finds `application/pgp-encrypted` in the header and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { encryptedType } from '../../../../harness/mail/mime.ts'

export const onlyInName = {
  id: 'only-in-name',
  why: 'Content-Type says multipart/encrypted, the body is plain text without any part',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) =>
    mail.compose(from, to, { contentType: encryptedType(mail.random.hex(32)), body: 'Readable text.\r\n' }),
} as const satisfies Sample
