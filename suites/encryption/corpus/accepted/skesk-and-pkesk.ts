// Core never mixes them, but a filter that takes each must take both: RFC 9580 10.3 allows any order and number.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { pkeskV6, seipdV2, skeskV6, writePackets } from '../../../../harness/mail/packets.ts'

export const skeskAndPkesk = {
  id: 'skesk-and-pkesk',
  why: 'a message encrypted to a password and to keys',
  expect: 'accepted',
  level: 'should',
  build: (mail, from, to) => {
    const packets = [skeskV6(mail.random), pkeskV6(mail.random), seipdV2(mail.random, 900)]
    return mail.armoured(from, to, writePackets(packets))
  },
} as const satisfies Sample
