// What real chatmail servers do differently about encryption: reported, never judged.
import { rfc } from '../imap/sources.ts'
import type { Requirement } from '../types.ts'
import { filtermail } from './sources.ts'

const reported = {
  level: 'may',
  basis: 'deployed-practice',
  impact: 'interop',
  promise: 'interop',
  fix: { any: 'Nothing to do: implementations differ here, and no promise depends on it.' },
} as const

export const encryptionObserved = {
  'encryption.unusual-armour': {
    ...reported,
    text: 'Is seen to take or refuse armour without a checksum, with a wrong one, and armour in another transfer encoding.',
    why: 'OpenPGP advises against the checksum, yet deployed filters need it where base64 is padded. Writers of clients want to know.',
    sources: [rfc(9580, '6.1'), filtermail('src/openpgp.rs')],
    covers: ['ENC-4', 'ENC-7'],
  },
  'encryption.unusual-packets': {
    ...reported,
    text: 'Is seen to take or refuse packets that are rare in messages: marker, padding, the encryption of GnuPG, legacy formats, no session key at all.',
    why: 'OpenPGP allows some of them, and GnuPG writes others. Whoever wants to write from there learns whether the server lets it.',
    sources: [
      rfc(9580, '5.8'),
      rfc(9580, '5.14'),
      rfc(9580, '4.2.2'),
      filtermail('src/openpgp.rs, legacy format since 0.3'),
    ],
    covers: ['ENC-8', 'ENC-10'],
  },
  'encryption.unusual-structures': {
    ...reported,
    impact: 'privacy',
    promise: 'privacy',
    text: 'Is seen to take or refuse text around the parts, a message of the version part alone, and S/MIME.',
    why: 'Deployed filters do not look at the text before and after the parts: a hole that operators should know of, though no client writes there.',
    sources: [rfc(2046, '5.1.1'), filtermail('src/message.rs')],
    covers: ['ENC-3'],
    fix: {
      any: 'A filter that refuses text before the first and after the last part, and a message of one part, closes the hole.',
    },
  },
  'encryption.setup-message-to-oneself': {
    ...reported,
    text: 'Is seen to take or refuse an Autocrypt Setup Message to oneself.',
    why: 'Older clients move their key to a second device by it; those of today make a backup instead.',
    sources: [
      { title: 'Autocrypt Level 1, section 4.4', url: 'https://autocrypt.org/level1.html' },
      filtermail('test data asm.eml'),
    ],
    covers: ['ASM-1'],
  },
} as const satisfies Record<string, Requirement>
