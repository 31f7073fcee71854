// Legitimate ways to keep quiet.
import type { Variation } from './types.ts'

export const privacyVariations = {
  'writes-three-dots': {
    title: 'replaces the subject by "..."',
    behaviour: { privacy: { subject: '...' } },
    toleratedBy: ['privacy/replaces-subject', 'federation/replaces-subject'],
  },
  'knows-no-vrfy': {
    title: 'does not know VRFY',
    behaviour: { submission: { vrfy: '502 5.5.1 Command not implemented' } },
    toleratedBy: [],
  },
  'runs-own-script': {
    title: 'has a script of its own in its pages',
    behaviour: { privacy: { inlineScript: true } },
    toleratedBy: [],
  },
} as const satisfies Record<string, Variation>
