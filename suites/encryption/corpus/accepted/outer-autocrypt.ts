// Known implementations agree on this sample.
import { base64Lines } from '../../../../harness/mail/armour.ts'
import { addressOf, type Sample } from '../../../../harness/mail/mail.ts'
import { latin1 } from '../../../../harness/mail/octets.ts'

export const outerAutocrypt = {
  id: 'outer-autocrypt',
  why: 'older clients put the Autocrypt field with their key outside the encryption',
  expect: 'accepted',
  level: 'should',
  build: async (mail, from, to) => {
    const key = latin1(base64Lines(await mail.publicKey(from, 'v1'), 76))
      .trimEnd()
      .replaceAll('\r\n', '\r\n ')
    const value = `addr=${addressOf(from)}; prefer-encrypt=mutual;\r\n keydata=${key}`
    return mail.encrypted(from, to, { headers: { Autocrypt: value }, profile: 'v1' })
  },
} as const satisfies Sample
