// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const postMessage = {
  id: 'post-message',
  why: 'core sends a file as a second message marked Chat-Is-Post-Message',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => mail.encrypted(from, to, { headers: { 'Chat-Is-Post-Message': '1' }, size: 20_000 }),
} as const satisfies Sample
