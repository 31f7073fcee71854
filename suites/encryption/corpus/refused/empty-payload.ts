// madmail reads no armour and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const emptyPayload = {
  id: 'empty-payload',
  why: 'armour with nothing in it',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => mail.armoured(from, to, new Uint8Array(), { armour: { checksum: 'none' } }),
} as const satisfies Sample
