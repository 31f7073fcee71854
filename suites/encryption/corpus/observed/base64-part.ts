// The Rust filter decodes the transfer encoding and accepts it; the Python one looked at the raw text and did not.
import { armour, base64Lines } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { versionPart } from '../../../../harness/mail/mime.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const base64Part = {
  id: 'base64-part',
  why: 'the armour once more in base64, as some composers do to every attachment',
  expect: 'observed',
  build: async (mail, from, to) => {
    const body = base64Lines(armour(writePackets(await mail.packets(from, to))), 76)
    const headers = ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64']
    return shaped(mail, from, to, { parts: [versionPart, { headers, body }] })
  },
} as const satisfies Sample
