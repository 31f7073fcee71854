// Legitimate ways to treat unencrypted and unusual mail.
import type { Variation } from './types.ts'

export const encryptionVariations = {
  'refuses-with-554': {
    title: 'refuses cleartext with 554 instead of 523',
    behaviour: { encryption: { reply: '554 5.7.1 Only encrypted mail is accepted' } },
    toleratedBy: ['encryption/refuses-cleartext'],
  },
  'has-the-deployed-holes': {
    title: 'takes a message of the version part alone, and no legacy packets, as filters in use do',
    behaviour: { encryption: { requiresTwoParts: false, allowsLegacyFormat: false } },
    toleratedBy: [],
  },
  'is-stricter-than-deployed': {
    title: 'refuses text around the parts and wrong checksums, knows no setup messages, demands a session key',
    behaviour: {
      encryption: {
        allowsTextAroundParts: false,
        verifiesCrc: true,
        requiresSessionKey: true,
        setupMessage: 'never',
      },
    },
    toleratedBy: [],
  },
} as const satisfies Record<string, Variation>
