// madmail reads no parts and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const versionWithText = {
  id: 'version-with-text',
  why: 'readable text behind the line of the version part',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const block = armour(writePackets(await mail.packets(from, to)))
    const version = { ...versionPart, body: 'Version: 1\r\n\r\nReadable text.\r\n' }
    return shaped(mail, from, to, { parts: [version, armourPart(block)] })
  },
} as const satisfies Sample
