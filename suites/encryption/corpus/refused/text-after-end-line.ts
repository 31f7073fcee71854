// madmail reads no armour and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { concat } from '../../../../harness/mail/octets.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const textAfterEndLine = {
  id: 'text-after-end-line',
  why: 'readable text in the encrypted part, after the END line',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const block = concat(armour(writePackets(await mail.packets(from, to))), '\r\nReadable text.')
    return shaped(mail, from, to, { parts: [versionPart, armourPart(block)] })
  },
} as const satisfies Sample
