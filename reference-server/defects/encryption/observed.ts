// Filters that treat unusual messages otherwise than the deployed ones: what is observed of them must change.
import type { Defect } from '../types.ts'

export const treatsUnusually = {
  'requires-checksum': {
    violates: 'encryption.unusual-armour',
    title: 'wants the checksum line in the armour',
    behaviour: { encryption: { requiresCrcLine: true } },
  },
  'verifies-checksum': {
    violates: 'encryption.unusual-armour',
    title: 'refuses armour whose checksum is wrong',
    behaviour: { encryption: { verifiesCrc: true } },
  },
  'reads-padding-without-checksum': {
    violates: 'encryption.unusual-armour',
    title: 'reads padded base64 that has no checksum line',
    behaviour: { encryption: { checksumIsLine: true } },
  },
  'reads-parts-as-they-are': {
    violates: 'encryption.unusual-armour',
    title: 'does not undo the transfer encoding of parts',
    behaviour: { encryption: { decodesTransferEncoding: false } },
  },
  'refuses-legacy-packets': {
    violates: 'encryption.unusual-packets',
    title: 'refuses packets in the legacy format, as the relay before filtermail 0.3',
    behaviour: { encryption: { allowsLegacyFormat: false } },
  },
  'takes-indeterminate-lengths': {
    violates: 'encryption.unusual-packets',
    title: 'takes a packet without a length that runs to the end',
    // GnuPG writes compressed data so.
    alsoFails: ['encryption/refuses-gnupg-signed'],
    behaviour: { encryption: { allowsIndeterminateLength: true } },
  },
  'requires-session-key': {
    violates: 'encryption.unusual-packets',
    title: 'wants a session key before the encrypted data',
    behaviour: { encryption: { requiresSessionKey: true } },
  },
  'skips-marker-and-padding': {
    violates: 'encryption.unusual-packets',
    title: 'skips marker and padding packets, as RFC 9580 has it',
    behaviour: { encryption: { skippedTags: [10, 21] } },
  },
  'takes-gnupg-encryption': {
    violates: 'encryption.unusual-packets',
    title: 'takes the encryption that only GnuPG writes',
    behaviour: { encryption: { dataTags: [18, 20] } },
  },
  'takes-version-part-alone': {
    violates: 'encryption.unusual-structures',
    title: 'takes a message of the version part alone, as deployed filters do',
    behaviour: { encryption: { requiresTwoParts: false } },
  },
  'refuses-text-around-parts': {
    violates: 'encryption.unusual-structures',
    title: 'refuses text before the first and after the last part',
    behaviour: { encryption: { allowsTextAroundParts: false } },
  },
  'takes-smime': {
    violates: 'encryption.unusual-structures',
    title: 'takes S/MIME for encrypted',
    behaviour: { encryption: { allowsSmime: true } },
  },
  'refuses-setup-messages': {
    violates: 'encryption.setup-message-to-oneself',
    title: 'knows no exception for Autocrypt Setup Messages, as madmail',
    behaviour: { encryption: { setupMessage: 'never' } },
  },
} as const satisfies Record<string, Defect>
