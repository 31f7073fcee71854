// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const securejoinHeaderOnly = {
  id: 'securejoin-header-only',
  why: 'clear text that only carries a Secure-Join header',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => mail.cleartext(from, to, { headers: { 'Secure-Join': 'vc-request' } }),
} as const satisfies Sample
