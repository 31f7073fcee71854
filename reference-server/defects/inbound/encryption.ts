// Defects of the encryption filter for mail of other servers.
import type { Defect } from '../types.ts'

export const inboundEncryptionDefects = {
  'refuses-older-mail-of-others': {
    violates: 'inbound.accepts-encrypted',
    title: 'knows of mail of other servers only the OpenPGP packets of RFC 9580',
    alsoFails: [
      'inbound/accepts-encrypted-by-https',
      'inbound/accepts-mixed-pkesk-versions',
      'inbound/accepts-outer-autocrypt',
      'inbound/accepts-thunderbird-like',
    ],
    behaviour: { inbound: { encryption: { sessionKeyVersions: [6], dataVersions: [2] } } },
  },
  'refuses-groups-of-others': {
    violates: 'inbound.accepts-encrypted',
    title: 'refuses mail of other servers to more than ten keys or to a password',
    alsoFails: ['inbound/accepts-encrypted-by-https', 'inbound/accepts-skesk-and-pkesk'],
    behaviour: { inbound: { encryption: { mostSessionKeys: 10, sessionKeyTags: [1] } } },
  },
  'refuses-pictures-of-others': {
    violates: 'inbound.accepts-encrypted',
    title: 'takes mail of other servers over 30 kB for unencrypted',
    alsoFails: ['inbound/accepts-encrypted-by-https'],
    behaviour: { inbound: { encryption: { refusesOverBytes: 30_000 } } },
  },
  'reads-one-client-of-others': {
    violates: 'inbound.accepts-any-form',
    title: 'reads mail of other servers only when it looks as one client writes it',
    alsoFails: [
      'inbound/accepts-encrypted-by-https',
      'inbound/accepts-content-type-first',
      'inbound/accepts-content-type-unfolded',
      'inbound/accepts-header-order-reversed',
      'inbound/accepts-no-chat-version',
      'inbound/accepts-skesk-v6-seipd-v2',
    ],
    behaviour: {
      inbound: {
        encryption: {
          requiresChatVersion: true,
          requiresContentTypeLast: true,
          comparesCase: true,
          boundaryForm: 'quoted',
          refusesFields: ['user-agent', 'autocrypt'],
        },
      },
    },
  },
  'reads-simple-parts-of-others': {
    violates: 'inbound.accepts-any-form',
    title: 'reads the parts of mail of other servers only in their simplest form',
    alsoFails: ['inbound/accepts-encrypted-by-https', 'inbound/accepts-partial-lengths'],
    behaviour: {
      inbound: {
        encryption: {
          boundaryForm: 'alphanumeric',
          armourColumns: 64,
          allowsBlankLinesAfterArmour: false,
          allowsPartialLengths: false,
          requiresShortestLengths: true,
        },
      },
    },
  },
  'refuses-invitations-to-groups': {
    violates: 'inbound.accepts-securejoin',
    title: 'knows for other servers the exception for contacts and not the one for groups',
    behaviour: { inbound: { encryption: { securejoinSteps: ['vc-request'] } } },
  },
  'trusts-content-type-of-others': {
    violates: 'inbound.refuses-fakes',
    title: 'takes all mail of other servers of type multipart/encrypted for encrypted',
    alsoFails: [
      'inbound/refuses-fakes-by-https',
      'inbound/refuses-armour-header-comment',
      'inbound/refuses-gnupg-comment-line',
      'inbound/refuses-swapped-parts',
      'inbound/refuses-version-2',
    ],
    behaviour: { inbound: { encryption: { looksAt: 'content-type' } } },
  },
  'skips-large-messages-of-others': {
    violates: 'inbound.refuses-fakes',
    title: 'does not look at messages of other servers over half a megabyte',
    alsoFails: ['inbound/refuses-fakes-by-https'],
    behaviour: { inbound: { encryption: { skipsOverBytes: 500_000 } } },
  },
  'allows-odd-forms-of-others': {
    violates: 'inbound.refuses-odd-forms',
    title: 'does not mind comments in the armour or parts in the wrong place in mail of other servers',
    alsoFails: ['inbound/refuses-fakes-by-https', 'inbound/refuses-version-with-text'],
    behaviour: {
      inbound: {
        encryption: { allowsArmourHeaders: true, requiresVersionPart: false, requiresMultipartEncrypted: false },
      },
    },
  },
} as const satisfies Record<string, Defect>
