// madmail looks only for `application/pgp-encrypted` anywhere and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, multipartType, textPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const htmlWithEncryptedAttachment = {
  id: 'html-with-encrypted-attachment',
  why: 'readable HTML beside both parts of an encrypted message',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const block = armour(writePackets(await mail.packets(from, to)))
    const parts = [textPart('<p>Readable text.</p>\r\n', 'html'), versionPart, armourPart(block)]
    return shaped(mail, from, to, { parts, type: (boundary) => multipartType('mixed', boundary) })
  },
} as const satisfies Sample
