// The relay's filters refuse it.
import { base64Lines } from '../../../../harness/mail/armour.ts'
import type { Sample } from '../../../../harness/mail/mail.ts'

export const smime = {
  id: 'smime',
  why: 'encrypted end to end too, but as S/MIME, which chatmail clients cannot read',
  expect: 'observed',
  build: (mail, from, to) => {
    const contentType = 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'
    const body = base64Lines(mail.random.octets(900), 64)
    return mail.compose(from, to, { contentType, body }, { headers: { 'Content-Transfer-Encoding': 'base64' } })
  },
} as const satisfies Sample
