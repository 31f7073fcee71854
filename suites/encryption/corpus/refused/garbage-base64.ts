// madmail reads no armour and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { latin1 } from '../../../../harness/mail/octets.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const garbageBase64 = {
  id: 'garbage-base64',
  why: 'an armour block with characters that are not base64',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const lines = latin1(armour(writePackets(await mail.packets(from, to)))).split('\r\n')
    const block = lines.map((line, at) => (at === 4 ? line.replaceAll(/[a-m]/g, '*') : line)).join('\r\n')
    return shaped(mail, from, to, { parts: [versionPart, armourPart(block)] })
  },
} as const satisfies Sample
