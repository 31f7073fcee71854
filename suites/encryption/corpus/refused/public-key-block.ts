// madmail reads no armour and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const publicKeyBlock = {
  id: 'public-key-block',
  why: 'a public key block where the message should be',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) =>
    mail.armoured(from, to, await mail.publicKey(from), { armour: { label: 'PGP PUBLIC KEY BLOCK' } }),
} as const satisfies Sample
