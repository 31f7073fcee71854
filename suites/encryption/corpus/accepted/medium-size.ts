// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const mediumSize = {
  id: 'medium-size',
  why: 'a picture makes a message of about 140 kB',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => mail.encrypted(from, to, { size: 74_000 }),
} as const satisfies Sample
