// Known implementations agree on this sample.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { multipartType, textPart } from '../../../../harness/mail/mime.ts'
import { signature, writePacket } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const multipartSigned = {
  id: 'multipart-signed',
  why: 'PGP/MIME signed, not encrypted (RFC 3156, 5)',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => {
    const body = armour(writePacket(signature(mail.random)), { label: 'PGP SIGNATURE' })
    const parts = [textPart('Readable text.\r\n'), { headers: ['Content-Type: application/pgp-signature'], body }]
    const parameters = 'micalg=pgp-sha256; protocol="application/pgp-signature"'
    return shaped(mail, from, to, { parts, type: (boundary) => multipartType('signed', boundary, parameters) })
  },
} as const satisfies Sample
