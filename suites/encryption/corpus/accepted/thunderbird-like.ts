// Known implementations agree on this sample.
import { armour } from '../../../../harness/mail/armour.ts'
import { addressOf, type Sample } from '../../../../harness/mail/mail.ts'
import { writePackets } from '../../../../harness/mail/packets.ts'
import { shaped } from '../pgp-mime.ts'

export const thunderbirdLike = {
  id: 'thunderbird-like',
  why: 'an ordinary mail program names the sender, threads the message and describes the parts',
  expect: 'accepted',
  level: 'should',
  build: async (mail, from, to) => {
    const block = armour(writePackets(await mail.packets(from, to, { profile: 'v1' })))
    const parts = [
      {
        headers: ['Content-Type: application/pgp-encrypted', 'Content-Description: PGP/MIME version identification'],
        body: 'Version: 1\r\n',
      },
      {
        headers: [
          'Content-Type: application/octet-stream; name="encrypted.asc"',
          'Content-Description: OpenPGP encrypted message',
          'Content-Disposition: inline; filename="encrypted.asc"',
        ],
        body: block,
      },
    ]
    const thread = `<${mail.random.uuid()}@localhost>`
    return shaped(
      mail,
      from,
      to,
      { parts },
      {
        omitHeaders: ['Chat-Version'],
        headerFrom: `"Alice Example" <${addressOf(from)}>`,
        headers: {
          'User-Agent': 'Mozilla Thunderbird',
          'Content-Language': 'en-US',
          'In-Reply-To': thread,
          References: thread,
          Subject: '...',
        },
      },
    )
  },
} as const satisfies Sample
