// No known filter looks at the epilogue.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const textInEpilogue = {
  id: 'text-in-epilogue',
  why: 'text after the last part, where mailing lists put their footer',
  expect: 'observed',
  build: async (mail, from, to) => {
    const parts = [versionPart, armourPart(armour(writePackets(await mail.packets(from, to))))]
    return shaped(mail, from, to, { parts, epilogue: 'Readable text.' })
  },
} as const satisfies Sample
