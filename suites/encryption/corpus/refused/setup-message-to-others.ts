// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { setupMessage } from '../../../../harness/mail/setup-message.ts'

export const setupMessageToOthers = {
  id: 'setup-message-to-others',
  why: 'an Autocrypt Setup Message is for oneself; to others it is a readable message',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => setupMessage(mail, from, { to }),
} as const satisfies Sample
