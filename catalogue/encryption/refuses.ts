// What a chatmail server owes its users: nothing readable is taken in, whoever it is for and whatever it looks like.
import { rfc } from '../imap/sources.ts'
import type { Requirement } from '../types.ts'
import { core, filtermail, overview, relayTest, strictFilter } from './sources.ts'

const keepsPrivate = { basis: 'deployed-practice', impact: 'privacy', promise: 'privacy', fix: strictFilter } as const

const relayOfEarly2025 =
  'Update the relay: until 1.5 it let cleartext pass between its own users. Check that no passthrough_senders or passthrough_recipients are set in chatmail.ini.'

export const encryptionRefuses = {
  'encryption.refuses-cleartext': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses to take in a message whose body is not end-to-end encrypted.',
    why: 'Users are promised that nothing they write can leave their device unencrypted, by mistake or by a broken app. The server is the last one who can stop it.',
    sources: [overview, filtermail('src/outbound.rs and src/message.rs'), relayTest('test_unencrypted_rejection')],
    covers: ['ENC-1'],
    fix: {
      madmail:
        'madmail 2.23 refuses what does not have the words application/pgp-encrypted anywhere: look for a proxy or a filter that takes the mail before it does.',
      relay:
        'Check that filtermail runs (systemctl status filtermail) and that the submission services in /etc/postfix/master.cf name it as smtpd_proxy_filter.',
      'postfix-dovecot':
        'Put a filter such as chatmail/filtermail before the queue: smtpd_proxy_filter on the submission services in /etc/postfix/master.cf, and reject with 523 what is not multipart/encrypted.',
    },
  },
  'encryption.refuses-cleartext-to-oneself': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses cleartext that a user sends to the own address.',
    why: 'Notes to oneself and messages between own devices would lie readable on the server.',
    sources: [filtermail('src/outbound.rs'), overview],
    covers: ['ENCOUT-1'],
    fix: { ...strictFilter, relay: relayOfEarly2025 },
  },
  'encryption.refuses-cleartext-to-others-domains': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses cleartext for a recipient at another domain.',
    why: 'It would cross the internet readable, and the other server could keep it for ever.',
    sources: [filtermail('src/outbound.rs'), overview],
    covers: ['ENCOUT-1'],
  },
  'encryption.refuses-cleartext-to-several': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses cleartext for several recipients of which one is at another domain.',
    why: 'A filter that looks at the first recipient only, or that exempts mixed lists, lets every message pass that has a second recipient.',
    sources: [filtermail('src/outbound.rs'), overview],
    covers: ['ENCOUT-1'],
  },
  'encryption.delivers-nothing-refused': {
    ...keepsPrivate,
    level: 'must',
    text: 'Delivers a refused message to none of its recipients.',
    why: 'The sender was told that it did not go out. A filter behind the queue can say no when the message is already on its way.',
    sources: [rfc(5321, '4.2.5'), filtermail('src/outbound.rs')],
    covers: ['ENCOUT-2'],
    fix: {
      'postfix-dovecot':
        'smtpd_proxy_filter or smtpd_milters for the submission services in /etc/postfix/master.cf: both answer before the queue. content_filter does not.',
      relay:
        'filtermail must be the smtpd_proxy_filter of the submission services in /etc/postfix/master.cf, as cmdeploy run writes it.',
      any: 'Judge before the queue takes the message: smtpd_proxy_filter or a milter, not a content_filter that only copies the mail.',
    },
  },
  'encryption.refuses-for-good': {
    level: 'should',
    basis: 'client-relies',
    impact: 'ergonomics',
    promise: 'reliability',
    text: 'Refuses cleartext with a permanent code (5xx).',
    why: 'On a 4xx clients try again for hours, block all later messages meanwhile, and never tell the user what is wrong.',
    sources: [rfc(5321, '4.2.1'), core('src/smtp.rs: 4xx is tried again, 5xx fails the message')],
    fix: {
      'postfix-dovecot':
        'See the mail log: Postfix answers 451 when it cannot reach smtpd_proxy_filter or a milter (milter_default_action).',
      relay: 'systemctl status filtermail: Postfix answers 451 when it cannot reach the filter.',
      any: 'Answer with 523 (what the relay says) or another 5xx; a 451 here often means that the filter is down.',
    },
  },
  'encryption.refuses-ordinary-mail': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses the ordinary forms of mail that are not encrypted: HTML with a text alternative, and signed mail.',
    why: 'A mail program without a key for the recipient sends just that. Signed is not encrypted.',
    sources: [rfc(3156, '5'), filtermail('src/message.rs')],
  },
  'encryption.refuses-inline-pgp': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses an armoured block within a text/plain message.',
    why: 'The text around the block goes in clear; a search for BEGIN PGP MESSAGE does not see that.',
    sources: [filtermail('test data fake-encrypted.eml'), rfc(3156, '2')],
  },
  'encryption.refuses-read-receipts': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses unencrypted read receipts (multipart/report, disposition-notification).',
    why: 'They tell the server and everybody on the way who read what and when. Delta Chat encrypts its receipts.',
    sources: [rfc(8098, '3'), filtermail('test data mdn.eml')],
    covers: ['MDN-1'],
  },
  'encryption.refuses-reports-of-users': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses unencrypted delivery reports that a user submits.',
    why: 'Reports carry text and whole messages. Only mail servers send them, and those do not log in.',
    sources: [rfc(6522, '3'), filtermail('src/inbound.rs: the exception is for inbound mail')],
  },
  'encryption.refuses-setup-messages-to-others': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses an Autocrypt Setup Message to anybody but oneself.',
    why: 'The exception is for moving a key to an own second device. For others it would be a way to write in clear.',
    sources: [
      { title: 'Autocrypt Level 1, section 4.4', url: 'https://autocrypt.org/level1.html' },
      filtermail('test data asm.eml'),
    ],
    covers: ['ASM-1'],
  },
  'encryption.refuses-fake-securejoin': {
    ...keepsPrivate,
    level: 'must',
    text: 'Lets nothing in clear pass as securejoin but the bare first request: no other text, no attachment, no later step.',
    why: 'The exception is as wide as its check: with a header alone, any message could pass in clear. Later steps carry secrets.',
    sources: [
      filtermail('src/message.rs: is_securejoin, test data securejoin-vc-fake.eml'),
      { title: 'SecureJoin protocols, setup-contact', url: 'https://securejoin.delta.chat/' },
    ],
    covers: ['SJ-1'],
  },
} as const satisfies Record<string, Requirement>
