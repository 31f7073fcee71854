// The relay of February 2025 allows it between users of one host.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const textPlain = {
  id: 'text-plain',
  why: 'an ordinary message in clear text',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => mail.cleartext(from, to),
} as const satisfies Sample
