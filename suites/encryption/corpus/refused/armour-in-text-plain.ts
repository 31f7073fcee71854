// Known implementations agree on this sample.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { latin1 } from '../../../../harness/mail/octets.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'

export const armourInTextPlain = {
  id: 'armour-in-text-plain',
  why: 'inline PGP: the text around the block goes in clear',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const block = latin1(armour(writePackets(await mail.packets(from, to))))
    return mail.cleartext(from, to, { text: `Readable text.\r\n\r\n${block}\r\n` })
  },
} as const satisfies Sample
