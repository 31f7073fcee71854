// madmail reads no armour and accepts it.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'

export const armourHeaderComment = {
  id: 'armour-header-comment',
  why: 'a Comment: line in the armour is room for readable text',
  expect: 'refused',
  level: 'may',
  build: async (mail, from, to) =>
    mail.armoured(from, to, writePackets(await mail.packets(from, to)), {
      armour: { headers: ['Comment: Readable text.'] },
    }),
} as const satisfies Sample
