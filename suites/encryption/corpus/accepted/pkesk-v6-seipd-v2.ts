// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const pkeskV6SeipdV2 = {
  id: 'pkesk-v6-seipd-v2',
  why: 'what Delta Chat core sends today (RFC 9580)',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => mail.encrypted(from, to),
} as const satisfies Sample
