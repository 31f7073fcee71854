// No known filter looks at the preamble.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const textInPreamble = {
  id: 'text-in-preamble',
  why: 'text before the first part; mail programs put a remark there, anything fits',
  expect: 'observed',
  build: async (mail, from, to) => {
    const parts = [versionPart, armourPart(armour(writePackets(await mail.packets(from, to))))]
    return shaped(mail, from, to, { parts, preamble: 'This is an OpenPGP/MIME encrypted message.' })
  },
} as const satisfies Sample
