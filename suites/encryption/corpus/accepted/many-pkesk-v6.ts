// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { pkeskV6, seipdV2, writePackets } from '../../../../harness/mail/packets.ts'

export const manyPkeskV6 = {
  id: 'many-pkesk-v6',
  why: 'a group of fifty members has a session key packet for each',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => {
    const keys = Array.from({ length: 50 }, () => pkeskV6(mail.random))
    return mail.armoured(from, to, writePackets([...keys, seipdV2(mail.random, 900)]))
  },
} as const satisfies Sample
