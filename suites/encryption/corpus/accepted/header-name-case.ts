// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'
import { headerFields, splitMessage } from '../../../../harness/mail/parse.ts'

export const headerNameCase = {
  id: 'header-name-case',
  why: 'the case of header names means nothing (RFC 5322, 1.2.2)',
  expect: 'accepted',
  level: 'should',
  build: async (mail, from, to) => {
    const { bytes } = await mail.encrypted(from, to)
    const headers = headerFields(bytes).map(({ name, raw }) => name.toLowerCase() + raw.slice(name.length))
    return mail.raw(from, to, { headers, body: splitMessage(bytes).body })
  },
} as const satisfies Sample
