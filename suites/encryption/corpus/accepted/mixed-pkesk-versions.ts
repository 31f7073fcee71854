// Core writes one version for all; RFC 9580 lets a reader skip session key packets it does not know.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { pkeskV3, pkeskV6, seipdV2, writePackets } from '../../../../harness/mail/packets.ts'

export const mixedPkeskVersions = {
  id: 'mixed-pkesk-versions',
  why: 'session key packets of versions 3 and 6 stand side by side',
  expect: 'accepted',
  level: 'should',
  build: (mail, from, to) => {
    const keys = [pkeskV3, pkeskV6, pkeskV3, pkeskV6].map((make) => make(mail.random))
    return mail.armoured(from, to, writePackets([...keys, seipdV2(mail.random, 900)]))
  },
} as const satisfies Sample
