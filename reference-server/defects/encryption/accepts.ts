// Defects of filters that refuse, or lose, encrypted mail which clients write.
import type { Defect } from '../types.ts'

export const refusesTooMuch = {
  'refuses-encrypted': {
    violates: 'encryption.accepts-encrypted',
    title: 'refuses encrypted mail like any other',
    alsoFails: [
      'delivery/folds-recipient-case',
      'delivery/delivers-message-of-1-mb',
      'delivery/delivers-message-of-5-mb',
      'delivery/accepts-client-parameters',
      'delivery/accepts-offered-parameters',
      'delivery/delivers-over-starttls',
      'delivery/takes-pipelined-commands',
      'delivery/stays-usable-after-refusal',
      'delivery/accepts-burst-of-ten',
    ],
    behaviour: { encryption: { refusesEncrypted: true } },
  },
  'refuses-new-packets': {
    violates: 'encryption.accepts-encrypted',
    title: 'knows only the OpenPGP packets from before RFC 9580',
    alsoFails: [
      'delivery/folds-recipient-case',
      'delivery/delivers-message-of-1-mb',
      'delivery/delivers-message-of-5-mb',
      'delivery/accepts-client-parameters',
      'delivery/accepts-offered-parameters',
      'delivery/delivers-over-starttls',
      'delivery/takes-pipelined-commands',
      'delivery/stays-usable-after-refusal',
      'delivery/accepts-burst-of-ten',
    ],
    behaviour: { encryption: { sessionKeyVersions: [3, 4], dataVersions: [1] } },
  },
  'refuses-old-packets': {
    violates: 'encryption.accepts-older-keys',
    title: 'knows only the OpenPGP packets of RFC 9580',
    alsoFails: [
      'encryption/accepts-mixed-pkesk-versions',
      'encryption/accepts-thunderbird-like',
      'encryption/accepts-outer-autocrypt',
    ],
    behaviour: { encryption: { sessionKeyVersions: [6], dataVersions: [2] } },
  },
  'refuses-large-groups': {
    violates: 'encryption.accepts-many-keys',
    title: 'refuses more than ten session keys in one message',
    behaviour: { encryption: { mostSessionKeys: 10 } },
  },
  'refuses-mixed-session-keys': {
    violates: 'encryption.accepts-mixed-session-keys',
    title: 'refuses session keys of different kinds in one message',
    behaviour: { encryption: { allowsMixedSessionKeys: false } },
  },
  'refuses-password-encrypted': {
    violates: 'encryption.accepts-password-encrypted',
    title: 'wants a session key for a public key in every message',
    behaviour: { encryption: { requiresPublicKeySession: true } },
  },
  'refuses-password-packets': {
    violates: 'encryption.accepts-password-encrypted',
    title: 'does not know session keys for passwords',
    alsoFails: ['encryption/accepts-skesk-and-pkesk'],
    behaviour: { encryption: { sessionKeyTags: [1] } },
  },
  'refuses-securejoin': {
    violates: 'encryption.accepts-securejoin-request',
    title: 'knows no exception for securejoin',
    behaviour: { encryption: { securejoinSteps: [] } },
  },
  'refuses-securejoin-of-groups': {
    violates: 'encryption.accepts-securejoin-request',
    title: 'knows the exception for contacts and not the one for groups',
    behaviour: { encryption: { securejoinSteps: ['vc-request'] } },
  },
  'refuses-pictures': {
    violates: 'encryption.accepts-larger-messages',
    title: 'takes messages over 30 kB for unencrypted: its parser gives up',
    alsoFails: ['delivery/delivers-message-of-1-mb', 'delivery/delivers-message-of-5-mb'],
    behaviour: { encryption: { refusesOverBytes: 30_000 } },
  },
  'refuses-over-20-mb': {
    violates: 'encryption.accepts-up-to-the-limit',
    title: 'announces 30 MiB, but its filter refuses messages over 20 MB',
    cost: 'bulk',
    behaviour: { encryption: { refusesOverBytes: 20_000_000 } },
  },
  'requires-chat-version': {
    violates: 'encryption.ignores-chat-headers',
    title: 'wants a Chat-Version header',
    alsoFails: ['encryption/accepts-skesk-v6-seipd-v2', 'encryption/accepts-thunderbird-like'],
    behaviour: { encryption: { requiresChatVersion: true } },
  },
  'requires-content-type-last': {
    violates: 'encryption.accepts-any-header-order',
    title: 'wants Content-Type as the last of the header fields',
    behaviour: { encryption: { requiresContentTypeLast: true } },
  },
  'requires-quoted-boundary': {
    violates: 'encryption.accepts-any-header-order',
    title: 'reads the boundary only between quotes',
    behaviour: { encryption: { boundaryForm: 'quoted' } },
  },
  'compares-letter-case': {
    violates: 'encryption.accepts-any-spelling',
    title: 'wants Content-Type spelled exactly as one client does',
    behaviour: { encryption: { comparesCase: true } },
  },
  'reads-plain-boundaries-only': {
    violates: 'encryption.accepts-any-spelling',
    title: 'reads only boundaries of letters and digits',
    behaviour: { encryption: { boundaryForm: 'alphanumeric' } },
  },
  'refuses-mail-programs': {
    violates: 'encryption.accepts-other-clients',
    title: 'refuses messages that name the program they were written with',
    behaviour: { encryption: { refusesFields: ['user-agent'] } },
  },
  'refuses-outer-autocrypt': {
    violates: 'encryption.accepts-other-clients',
    title: 'refuses messages that show their key in an Autocrypt header',
    behaviour: { encryption: { refusesFields: ['autocrypt'] } },
  },
  'refuses-partial-lengths': {
    violates: 'encryption.accepts-partial-lengths',
    title: 'cannot read packets written in chunks, as the relay before 1.7',
    behaviour: { encryption: { allowsPartialLengths: false } },
  },
  'refuses-long-lengths': {
    violates: 'encryption.accepts-long-lengths',
    title: 'wants lengths of packets written as short as can be',
    behaviour: { encryption: { requiresShortestLengths: true } },
  },
  'refuses-wide-armour': {
    violates: 'encryption.reads-armour',
    title: 'reads only armour lines of up to 64 characters',
    behaviour: { encryption: { armourColumns: 64 } },
  },
  'refuses-lines-after-armour': {
    violates: 'encryption.reads-armour',
    title: 'refuses armour with empty lines behind it',
    behaviour: { encryption: { allowsBlankLinesAfterArmour: false } },
  },
} as const satisfies Record<string, Defect>
