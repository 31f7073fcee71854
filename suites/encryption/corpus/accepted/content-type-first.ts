// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const contentTypeFirst = {
  id: 'content-type-first',
  why: 'core 2.57 writes Content-Type before all other fields',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => mail.encrypted(from, to, { headerOrder: ['Content-Type', '*'] }),
} as const satisfies Sample
