// What a chatmail server owes its users: every encrypted message that today's clients write gets through.
import { rfc } from '../imap/sources.ts'
import type { Requirement } from '../types.ts'
import { core, filtermail, lenientFilter } from './sources.ts'

const delivers = { basis: 'client-relies', impact: 'delivery', promise: 'reliability', fix: lenientFilter } as const
const interoperates = { basis: 'standard', impact: 'interop', promise: 'interop', fix: lenientFilter } as const

export const encryptionAccepts = {
  'encryption.accepts-encrypted': {
    ...delivers,
    level: 'must',
    text: 'Accepts and delivers the encrypted messages that Delta Chat sends today: SEIPD version 2 with a session key packet of version 6 for each key.',
    why: 'It is what people write to each other. A server that refuses it cannot be used.',
    sources: [rfc(9580, '5.13.2'), core('src/pgp.rs'), filtermail('src/openpgp.rs')],
    covers: ['ENC-9'],
  },
  'encryption.accepts-older-keys': {
    ...delivers,
    level: 'must',
    text: 'Accepts and delivers SEIPD version 1 with session key packets of version 3.',
    why: 'Contacts whose keys are older than 2024 are written to in this form, and one such member decides for a whole group.',
    sources: [rfc(9580, '5.13.1'), core('src/pgp.rs')],
  },
  'encryption.accepts-many-keys': {
    ...delivers,
    level: 'must',
    text: 'Accepts and delivers a message with a session key packet for each of many members.',
    why: 'Groups are written to with one message for all, which carries a packet for every key.',
    sources: [rfc(9580, '10.3'), core('src/pgp.rs')],
  },
  'encryption.accepts-mixed-session-keys': {
    ...interoperates,
    level: 'should',
    text: 'Accepts and delivers messages whose session key packets are of several versions and kinds.',
    why: 'OpenPGP allows any mixture, and other clients make use of it when keys of a group differ in age.',
    sources: [rfc(9580, '10.3'), rfc(9580, '5.1')],
  },
  'encryption.accepts-password-encrypted': {
    ...delivers,
    level: 'must',
    text: 'Accepts and delivers a message encrypted to a password: SKESK version 6 and no public key packet.',
    why: 'Invite links of today begin with such a message. Without it nobody makes a contact.',
    sources: [rfc(9580, '5.3.2'), core('src/securejoin.rs')],
    covers: ['SJ-2'],
  },
  'encryption.accepts-securejoin-request': {
    ...delivers,
    level: 'must',
    text: 'Lets the unencrypted first message of an older invite link pass, for contacts (vc-request) and groups (vg-request).',
    why: 'At that moment neither side has the key of the other. Invite links and QR codes made by older clients begin so.',
    sources: [
      { title: 'SecureJoin protocols, setup-contact step 2', url: 'https://securejoin.delta.chat/' },
      filtermail('src/message.rs: is_securejoin'),
    ],
    covers: ['SJ-1'],
  },
  'encryption.accepts-larger-messages': {
    ...delivers,
    level: 'must',
    text: 'Accepts and delivers encrypted messages of the size of a picture.',
    why: 'Pictures, voice messages and apps travel inside encrypted messages.',
    sources: [core('src/mimefactory.rs'), filtermail('src/message.rs')],
  },
  'encryption.accepts-up-to-the-limit': {
    ...delivers,
    level: 'should',
    text: 'Accepts and delivers an encrypted message just below the size the server names (tried up to 30 MiB).',
    why: 'Clients go by the size the server announces. A filter with a smaller limit of its own makes videos fail for no visible reason.',
    sources: [rfc(1870, '5'), { title: 'chatmail/relay, chatmail.ini: max_message_size' }],
    covers: ['SIZE-3'],
    fix: {
      relay: 'Give filtermail the same max_message_size as Postfix (chatmail.ini), and time and memory for it.',
      any: 'Raise the limit of the content filter to what EHLO announces as SIZE, or announce less.',
    },
  },
  'encryption.ignores-chat-headers': {
    ...delivers,
    level: 'must',
    text: 'Judges a message by its body, whether or not it has a Chat-Version header.',
    why: 'Delta Chat itself sends securejoin messages without it, and other clients never write it.',
    sources: [core('src/mimefactory.rs'), filtermail('src/message.rs')],
    covers: ['ENC-12'],
  },
  'encryption.accepts-any-header-order': {
    ...delivers,
    level: 'must',
    text: 'Accepts messages whatever the order of their header fields, and of the parameters of Content-Type.',
    why: 'Versions of Delta Chat write Content-Type first or last; the order means nothing.',
    sources: [rfc(5322, '3.6'), rfc(2045, '5.1'), core('src/mimefactory.rs')],
  },
  'encryption.accepts-any-spelling': {
    ...interoperates,
    level: 'should',
    text: 'Reads header names and media types in any case, and any boundary that MIME allows.',
    why: 'Mail programs spell these as they like; a filter that compares letters refuses good mail.',
    sources: [rfc(2045, '5.1'), rfc(2046, '5.1.1'), rfc(5322, '1.2.2')],
  },
  'encryption.accepts-other-clients': {
    ...interoperates,
    level: 'should',
    text: 'Accepts and delivers encrypted messages as Thunderbird and older Autocrypt clients write them.',
    why: 'A chatmail address works in ordinary mail programs, too, as long as they encrypt.',
    sources: [rfc(3156, '4'), { title: 'Autocrypt Level 1, section 2.1', url: 'https://autocrypt.org/level1.html' }],
  },
  'encryption.accepts-partial-lengths': {
    ...delivers,
    level: 'must',
    text: 'Reads OpenPGP packets written in chunks (partial body lengths).',
    why: 'Clients that stream large files do not know the length beforehand.',
    sources: [rfc(9580, '4.2.1.4'), filtermail('src/openpgp.rs; the relay reads them since 1.7')],
    covers: ['ENC-10'],
  },
  'encryption.accepts-long-lengths': {
    ...interoperates,
    level: 'should',
    text: 'Reads OpenPGP packets whose length is written in five octets though fewer would do.',
    why: 'OpenPGP leaves the choice to the writer, and some writers have only one form.',
    sources: [rfc(9580, '4.2.1.3')],
  },
  'encryption.reads-armour': {
    ...interoperates,
    level: 'should',
    text: 'Reads armour with lines of 76 characters, and with empty lines behind it.',
    why: 'Both are common among OpenPGP programs and change nothing of the message.',
    sources: [rfc(9580, '6.2'), filtermail('src/openpgp.rs')],
  },
} as const satisfies Record<string, Requirement>
