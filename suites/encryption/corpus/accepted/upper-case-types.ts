// Known implementations agree on this sample.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const upperCaseTypes = {
  id: 'upper-case-types',
  why: 'the case of media types means nothing (RFC 2045, 5.1)',
  expect: 'accepted',
  level: 'should',
  build: async (mail, from, to) => {
    const block = armour(writePackets(await mail.packets(from, to)))
    const parts = [
      { headers: ['Content-Type: APPLICATION/PGP-ENCRYPTED'], body: 'Version: 1\r\n' },
      { headers: ['Content-Type: Application/Octet-Stream'], body: block },
    ]
    const type = (boundary: string) =>
      `MULTIPART/Encrypted; PROTOCOL="application/pgp-encrypted";\r\n BOUNDARY="${boundary}"`
    return shaped(mail, from, to, { parts, type })
  },
} as const satisfies Sample
