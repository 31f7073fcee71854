// Legitimate ways to count the days after which mail goes.
import type { Variation } from './types.ts'

export const retentionVariations = {
  'counts-days-from-arrival': {
    title:
      'counts the days of mail from when it was stored, as autoexpunge and savedbefore of Dovecot do, whatever its date',
    toleratedBy: [],
    behaviour: { retention: { age: 'arrival' } },
  },
} as const satisfies Record<string, Variation>
