// The relay accepts it, madmail does not know the exception.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { setupMessage } from '../../../../harness/mail/setup-message.ts'

export const setupMessageToSelf = {
  id: 'setup-message-to-self',
  why: 'older clients move a key to another device with this unencrypted message to oneself',
  expect: 'observed',
  toSelf: true,
  build: (mail, from) => setupMessage(mail, from),
} as const satisfies Sample
