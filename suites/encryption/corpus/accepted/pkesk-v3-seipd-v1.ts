// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const pkeskV3SeipdV1 = {
  id: 'pkesk-v3-seipd-v1',
  why: 'what clients write for keys that cannot do SEIPD v2 (RFC 4880)',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => mail.encrypted(from, to, { profile: 'v1' }),
} as const satisfies Sample
