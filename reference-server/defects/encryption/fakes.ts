// Defects of filters that fall for what only looks encrypted.
import type { Defect } from '../types.ts'
import { refusedSamplesBut } from './refused-samples.ts'

export const fallsForFakes = {
  'trusts-content-type': {
    violates: 'encryption.refuses-readable-parts',
    title: 'takes every message of type multipart/encrypted for encrypted',
    alsoFails: [
      ...refusedSamplesBut(
        'html',
        'large-text',
        'multipart-signed',
        'armour-in-text-plain',
        'read-receipt',
        'bounce-by-user',
        'setup-message-to-others',
        'securejoin-other-body',
        'securejoin-more-body',
        'securejoin-header-only',
        'securejoin-extra-attachment',
        'securejoin-later-step',
        'html-with-encrypted-attachment',
        'multipart-mixed',
      ),
    ],
    behaviour: { encryption: { looksAt: 'content-type' } },
  },
  'allows-further-parts': {
    violates: 'encryption.refuses-readable-parts',
    title: 'does not mind further parts behind the encrypted one',
    behaviour: { encryption: { allowsExtraParts: true } },
  },
  'ignores-version-text': {
    violates: 'encryption.refuses-readable-parts',
    title: 'does not read the version part',
    alsoFails: ['encryption/refuses-version-2'],
    behaviour: { encryption: { requiresVersionOne: false } },
  },
  'searches-for-parts': {
    violates: 'encryption.refuses-other-structures',
    title: 'searches the parts of any multipart for an encrypted one',
    behaviour: { encryption: { requiresMultipartEncrypted: false } },
  },
  'needs-no-version-part': {
    violates: 'encryption.refuses-odd-structures',
    title: 'takes an encrypted part wherever it stands',
    alsoFails: ['encryption/refuses-version-with-text'],
    behaviour: { encryption: { requiresVersionPart: false } },
  },
  'ignores-text-around-armour': {
    violates: 'encryption.refuses-text-beside-armour',
    title: 'searches the encrypted part for armour and ignores the rest',
    behaviour: { encryption: { requiresArmourAtEdges: false } },
  },
  'reads-no-armour': {
    violates: 'encryption.refuses-broken-armour',
    title: 'takes any application/octet-stream part for encrypted',
    alsoFails: [
      'encryption/refuses-cleartext-octet-stream',
      'encryption/refuses-text-before-begin-line',
      'encryption/refuses-text-after-end-line',
      'encryption/refuses-cleartext-in-armour',
      'encryption/refuses-armour-header-comment',
      'encryption/refuses-armour-header-version',
      'encryption/refuses-gnupg-comment-line',
      'encryption/refuses-gnupg-version-line',
      'encryption/refuses-gnupg-clear-signed',
    ],
    behaviour: { encryption: { requiresArmour: false } },
  },
  'skips-bad-base64': {
    violates: 'encryption.refuses-broken-armour',
    title: 'skips what is not base64, and takes an empty payload',
    behaviour: { encryption: { requiresStrictBase64: false, allowsEmptyPayload: true } },
  },
  'allows-armour-headers': {
    violates: 'encryption.refuses-armour-comments',
    title: 'does not mind headers in the armour',
    alsoFails: ['encryption/refuses-armour-header-version', 'encryption/refuses-gnupg-version-line'],
    behaviour: { encryption: { allowsArmourHeaders: true } },
  },
  'allows-armour-version': {
    violates: 'encryption.refuses-armour-versions',
    title: 'does not mind a Version header in the armour',
    behaviour: { encryption: { allowsArmourVersion: true } },
  },
  'reads-no-packets': {
    violates: 'encryption.refuses-broken-packets',
    title: 'takes any base64 in armour for encrypted',
    alsoFails: [
      'encryption/refuses-literal-in-armour',
      'encryption/refuses-compressed-in-armour',
      'encryption/refuses-signed-only',
      'encryption/refuses-leading-literal',
      'encryption/refuses-trailing-packet',
      'encryption/refuses-sed-with-pkesk',
      'encryption/refuses-sed-with-skesk',
      'encryption/refuses-gnupg-signed',
      'encryption/refuses-gnupg-signed-uncompressed',
      'encryption/refuses-gnupg-stored',
    ],
    behaviour: { encryption: { walksPackets: false } },
  },
  'allows-any-packet': {
    violates: 'encryption.refuses-readable-packets',
    title: 'takes every sequence of OpenPGP packets for encrypted',
    behaviour: { encryption: { sessionKeyTags: [1, 2, 3, 4, 8, 11], dataTags: [8, 11, 18] } },
  },
  'ignores-trailing-packets': {
    violates: 'encryption.refuses-readable-packets',
    title: 'does not look at packets behind the encrypted one',
    behaviour: { encryption: { allowsTrailingPackets: true } },
  },
  'reads-first-packet-only': {
    violates: 'encryption.refuses-broken-packets',
    title: 'looks at the first packet alone',
    alsoFails: [
      'encryption/refuses-trailing-packet',
      'encryption/refuses-sed-with-pkesk',
      'encryption/refuses-sed-with-skesk',
    ],
    behaviour: { encryption: { looksAtFirstPacketOnly: true } },
  },
  'allows-truncated-packets': {
    violates: 'encryption.refuses-broken-packets',
    title: 'does not mind a last packet that is cut off',
    behaviour: { encryption: { requiresExactEnd: false } },
  },
  'allows-unprotected-data': {
    violates: 'encryption.refuses-unprotected-data',
    title: 'takes encryption without integrity protection for good',
    behaviour: { encryption: { dataTags: [9, 18] } },
  },
} as const satisfies Record<string, Defect>
