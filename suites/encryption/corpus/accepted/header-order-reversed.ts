// Known implementations agree on this sample.
import type { Sample } from '../../../../harness/mail/mail.ts'

export const headerOrderReversed = {
  id: 'header-order-reversed',
  why: 'the order of header fields means nothing (RFC 5322, 3.6)',
  expect: 'accepted',
  level: 'must',
  build: (mail, from, to) =>
    mail.encrypted(from, to, {
      headerOrder: ['Content-Type', 'Chat-Version', 'MIME-Version', 'Message-ID', 'Date', 'Subject', 'To', 'From'],
    }),
} as const satisfies Sample
