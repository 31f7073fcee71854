// madmail reads no parts and accepts it.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, multipart, multipartType, textPart, versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const nestedMultipart = {
  id: 'nested-multipart',
  why: 'the second part is a multipart that holds the armour and readable text',
  expect: 'refused',
  level: 'must',
  build: async (mail, from, to) => {
    const boundary = mail.random.hex(32)
    const block = armour(writePackets(await mail.packets(from, to)))
    const body = multipart(boundary, [armourPart(block), textPart('Readable text.\r\n')])
    const nested = { headers: [`Content-Type: ${multipartType('mixed', boundary)}`], body }
    return shaped(mail, from, to, { parts: [versionPart, nested] })
  },
} as const satisfies Sample
