// What a chatmail relay (relay services 1.9, Postfix 3.7.11, Dovecot 2.3.19.1) made of encrypted messages it had accepted.
import type { DeliveryCase } from './types.ts'

const usual = ['From', 'To', 'Date', 'Message-ID', 'Chat-Version', 'MIME-Version', 'Content-Type']

export const deliveries: readonly DeliveryCase[] = [
  {
    name: 'header of a delivered message',
    to: '{you}',
    // Of 2023, before RFC 9580: session key packets of version 3, SEIPD version 1.
    witnesses: [
      'encryption.accepts-older-keys',
      'delivery.keeps-message-id',
      'delivery.keeps-date',
      'privacy.hides-client-address',
      'privacy.hides-client-name',
      'privacy.removes-received',
      'privacy.replaces-subject',
      'privacy.stores-no-dkim-signature',
      'privacy.stores-no-authentication-results',
    ],
    partly: [
      'delivery.keeps-headers',
      'delivery.never-duplicates',
      'privacy.removes-user-agent',
      'privacy.removes-x-mailer',
      'privacy.removes-x-originating-ip',
    ],
    // That the last four were sent follows from the size alone: 138 octets more than the same message at other times.
    sent: [
      'Subject: a subject that tells',
      'Date: Sun, 15 Oct 2023 16:43:21 +0000',
      'Message-ID: <Mr.UVyJWZmkCKM.hGzNc6glBE_@localhost>',
      'In-Reply-To: <one@localhost>',
      'References: <two@localhost> <one@localhost>',
      'Received: from [192.0.2.7] by client.example.org',
      'User-Agent: Mailer/1',
      'X-Mailer: Mailer/1',
      'X-Originating-IP: [192.0.2.7]',
    ],
    delivered: [...usual, 'Subject: [...]', 'In-Reply-To', 'References'],
    removed: ['Received', 'User-Agent', 'X-Mailer', 'X-Originating-IP', 'DKIM-Signature', 'Authentication-Results'],
    nowhere: ['client.example.org', '{client}'],
  },
  {
    name: 'message to user+x',
    to: '{you+}',
    witnesses: ['delivery.delivers-plus-addresses'],
    sent: [],
    delivered: usual,
  },
  {
    name: 'message to a user who does not exist',
    to: '{name:9}@{domain}',
    witnesses: ['delivery.bounces-unknown-user'],
    partly: ['delivery.bounces-readably'],
    sent: [],
    report: ['550 5.1.1', "User doesn't exist", '{to}'],
  },
  {
    name: 'message to a domain that does not exist',
    to: 'x@{nowhere}',
    witnesses: [],
    partly: ['delivery.bounces-unknown-domain'],
    sent: [],
    report: ['{to}'],
  },
  {
    name: 'message to a user whose mailbox is full',
    smallMailboxes: true,
    to: '{you}',
    witnesses: [],
    sent: [],
    report: ['552 5.2.2', 'Quota exceeded', '{to}'],
  },
]
