// madmail reads no parts and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, textPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const thirdPart = {
  id: 'third-part',
  why: 'a readable part after the encrypted one',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const block = armour(writePackets(await mail.packets(from, to)))
    return shaped(mail, from, to, { parts: [versionPart, armourPart(block), textPart('Readable text.\r\n')] })
  },
} as const satisfies Sample
