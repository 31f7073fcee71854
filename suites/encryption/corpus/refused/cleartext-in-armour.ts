// madmail reads no armour and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { shaped } from '../pgp-mime.ts'

const block = '-----BEGIN PGP MESSAGE-----\r\n\r\nReadable text, no base64 at all.\r\n-----END PGP MESSAGE-----'

export const cleartextInArmour = {
  id: 'cleartext-in-armour',
  why: 'readable text between the BEGIN and the END line',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => shaped(mail, from, to, { parts: [versionPart, armourPart(block)] }),
} as const satisfies Sample
