// The relay's filters refuse the indeterminate length; a session key packet must not have it, yet some readers cope.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { concat } from '../../../../harness/mail/octets.ts'
import { pkeskV3, seipdV1, writePacket } from '../../../../harness/mail/packets.ts'

export const indeterminateLength = {
  id: 'indeterminate-length',
  why: 'a legacy packet that runs to the end of the data, encrypted data within',
  expect: 'observed',
  build: (mail, from, to) => {
    const first = writePacket(pkeskV3(mail.random), 'legacy-indeterminate')
    return mail.armoured(from, to, concat(first, writePacket(seipdV1(mail.random, 900))))
  },
} as const satisfies Sample
