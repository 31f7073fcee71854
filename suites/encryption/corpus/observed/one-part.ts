// All versions of the relay's filter accept it: they look at the parts that are there.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { versionPart } from '../../../../harness/mail/mime.ts'
import { shaped } from '../pgp-mime.ts'

export const onePart = {
  id: 'one-part',
  why: 'multipart/encrypted with the version part alone',
  expect: 'observed',
  build: (mail, from, to) => shaped(mail, from, to, { parts: [versionPart] }),
} as const satisfies Sample
