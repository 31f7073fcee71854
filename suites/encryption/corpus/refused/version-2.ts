// Deployed filters want exactly `Version: 1`; madmail reads no parts and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const version2 = {
  id: 'version-2',
  why: 'the version part says 2, which no standard defines',
  expect: 'refused',
  level: 'may',
  build: async (mail, from, to) => {
    const block = armour(writePackets(await mail.packets(from, to)))
    return shaped(mail, from, to, { parts: [{ ...versionPart, body: 'Version: 2\r\n' }, armourPart(block)] })
  },
} as const satisfies Sample
