// The relay's filters cut at the last `=`, so they refuse padded base64 without a CRC line, as here. Line ends are CRLF,
// as mail programs make them; openpgp itself writes LF.
import { armour } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'
import { armourPart, versionPart } from '../../../../harness/mail/mime.ts'
import { latin1 } from '../../../../harness/mail/octets.ts'
import { seipdV2, writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const openpgpArmour = {
  id: 'openpgp-armour',
  why: 'armour in the form that OpenPGP.js writes: padded base64 and no CRC line',
  expect: 'observed',
  build: (mail, from, to) => {
    const block = armour(writePackets([seipdV2(mail.random, 902)]), { checksum: 'none', columns: 60 })
    return shaped(mail, from, to, { parts: [versionPart, armourPart(`${latin1(block)}\r\n`)] })
  },
} as const satisfies Sample
