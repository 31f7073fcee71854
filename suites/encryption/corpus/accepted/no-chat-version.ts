// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const noChatVersion = {
  id: 'no-chat-version',
  why: 'clients other than Delta Chat, and its own securejoin, send no Chat-Version',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => mail.encrypted(from, to, { omitHeaders: ['Chat-Version'] }),
} as const satisfies Sample
