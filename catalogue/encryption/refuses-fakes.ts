// What a chatmail server owes its users: what only looks encrypted is refused as well.
import { rfc } from '../imap/sources.ts'
import type { Requirement } from '../types.ts'
import { filtermail, strictFilter } from './sources.ts'

const keepsPrivate = { basis: 'deployed-practice', impact: 'privacy', promise: 'privacy', fix: strictFilter } as const

export const encryptionRefusesFakes = {
  'encryption.refuses-readable-parts': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses messages with a readable part beside, around or instead of the encrypted one.',
    why: 'Some programs encrypt an attachment and leave the text beside it. Whatever is not in the encrypted part can be read by anybody on the way.',
    sources: [rfc(3156, '4'), rfc(1847, '2.2'), filtermail('src/message.rs: check_encrypted')],
    covers: ['ENC-2', 'ENC-3'],
  },
  'encryption.refuses-other-structures': {
    ...keepsPrivate,
    level: 'should',
    text: 'Refuses the parts of an encrypted message in a multipart of another type.',
    why: 'Clients show it as two files: the recipient cannot read what the sender took for a message.',
    sources: [rfc(3156, '4'), filtermail('src/message.rs: check_encrypted')],
  },
  'encryption.refuses-odd-structures': {
    ...keepsPrivate,
    level: 'may',
    text: 'Refuses PGP/MIME with its parts swapped or with a version other than 1.',
    why: 'Nothing readable passes by it, but no client writes this and few can read it.',
    sources: [rfc(3156, '4'), filtermail('src/message.rs: check_encrypted')],
    covers: ['ENC-2'],
  },
  'encryption.refuses-text-beside-armour': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses an encrypted part that holds anything but one armoured message: text before, behind or inside the armour.',
    why: 'Readable text fits wherever a filter only searches for the BEGIN and END lines.',
    sources: [rfc(9580, '6.2'), filtermail('src/openpgp.rs')],
    covers: ['ENC-5', 'ENC-7'],
  },
  'encryption.refuses-broken-armour': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses armour that is empty, is not base64, or is not a message.',
    why: 'Nobody can decrypt it, so it is either damage that the sender should hear of or something else in disguise.',
    sources: [rfc(9580, '6'), filtermail('src/openpgp.rs')],
    covers: ['ENC-5', 'ENC-7', 'ENC-11'],
  },
  'encryption.refuses-armour-comments': {
    ...keepsPrivate,
    level: 'may',
    text: 'Refuses armour with a Comment header.',
    why: 'A comment is free text that goes in clear.',
    sources: [rfc(9580, '6.2.2'), filtermail('src/openpgp.rs')],
    covers: ['ENC-6'],
  },
  'encryption.refuses-armour-versions': {
    ...keepsPrivate,
    level: 'may',
    text: 'Refuses outgoing armour with a Version header.',
    why: 'It tells which program, on which system, wrote the message.',
    sources: [rfc(9580, '6.2.2'), filtermail('src/openpgp.rs: refused outbound only')],
    covers: ['ENC-6'],
  },
  'encryption.refuses-readable-packets': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses OpenPGP data that is not encrypted: literal, compressed or signed data, alone or beside an encrypted packet.',
    why: 'All of it looks like PGP to the eye, and anybody can read it.',
    sources: [rfc(9580, '5.9'), rfc(9580, '10.3'), filtermail('src/openpgp.rs, test data literal.eml')],
    covers: ['ENC-8', 'ENC-9'],
  },
  'encryption.refuses-broken-packets': {
    ...keepsPrivate,
    level: 'must',
    text: 'Refuses armour whose octets are no sequence of OpenPGP packets that ends with encrypted data.',
    why: 'Any text can be written as base64. Only reading the packets tells that it is encrypted.',
    sources: [rfc(9580, '4.2'), filtermail('src/openpgp.rs')],
    covers: ['ENC-8', 'ENC-9'],
  },
  'encryption.refuses-unprotected-data': {
    ...keepsPrivate,
    level: 'must',
    impact: 'security',
    promise: 'security',
    text: 'Refuses encryption without integrity protection (packet type 9).',
    why: 'Such a message can be changed on its way so that the program of the reader gives the text away (EFAIL).',
    sources: [
      rfc(9580, '5.7'),
      { title: 'EFAIL, USENIX Security 2018', url: 'https://efail.de/' },
      filtermail('src/openpgp.rs'),
    ],
    covers: ['ENC-9'],
  },
} as const satisfies Record<string, Requirement>
