// madmail reads no armour and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { concat } from '../../../../harness/mail/octets.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const textBeforeBeginLine = {
  id: 'text-before-begin-line',
  why: 'readable text in the encrypted part, before the BEGIN line',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const block = concat('Readable text.\r\n', armour(writePackets(await mail.packets(from, to))))
    return shaped(mail, from, to, { parts: [versionPart, armourPart(block)] })
  },
} as const satisfies Sample
