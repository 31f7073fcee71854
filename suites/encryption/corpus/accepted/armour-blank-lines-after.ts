// Known implementations agree on this sample.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { concat } from '../../../../harness/mail/octets.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const armourBlankLinesAfter = {
  id: 'armour-blank-lines-after',
  why: 'writers leave empty lines between the armour and the boundary',
  expect: 'accepted',
  level: 'should',
  build: async (mail, from, to) => {
    const block = armour(writePackets(await mail.packets(from, to)))
    return shaped(mail, from, to, { parts: [versionPart, armourPart(concat(block, '\r\n\r\n'))] })
  },
} as const satisfies Sample
