// madmail reads no parts and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { shaped } from '../pgp-mime.ts'

export const cleartextOctetStream = {
  id: 'cleartext-octet-stream',
  why: 'the right MIME shape with readable text where the armour should be',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => shaped(mail, from, to, { parts: [versionPart, armourPart('Readable text.')] }),
} as const satisfies Sample
