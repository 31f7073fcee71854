// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { pkeskV3, seipdV1, writePackets } from '../../../../harness/mail/packets.ts'

export const manyPkeskV3 = {
  id: 'many-pkesk-v3',
  why: 'a group with older clients has a session key packet of version 3 for each member',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) => {
    const keys = Array.from({ length: 8 }, () => pkeskV3(mail.random))
    return mail.armoured(from, to, writePackets([...keys, seipdV1(mail.random, 900)]))
  },
} as const satisfies Sample
