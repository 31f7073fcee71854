// Refused outbound only: inbound, filtermail drops this line, since Proton writes it. madmail accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'

export const armourHeaderVersion = {
  id: 'armour-header-version',
  why: 'a Version: line in the armour tells which program wrote it',
  expect: 'refused',
  inbound: 'accepted',
  level: 'may',
  build: async (mail, from, to) =>
    mail.armoured(from, to, writePackets(await mail.packets(from, to)), {
      armour: { headers: ['Version: Example 1'] },
    }),
} as const satisfies Sample
