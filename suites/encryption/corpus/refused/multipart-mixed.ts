// madmail looks only for `application/pgp-encrypted` anywhere and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, multipartType, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const multipartMixed = {
  id: 'multipart-mixed',
  why: 'the two right parts, but not as multipart/encrypted: clients show it as files',
  expect: 'refused',
  level: 'should',
  build: async (mail, from, to) => {
    const parts = [versionPart, armourPart(armour(writePackets(await mail.packets(from, to))))]
    return shaped(mail, from, to, { parts, type: (boundary) => multipartType('mixed', boundary) })
  },
} as const satisfies Sample
