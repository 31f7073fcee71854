// Legitimate ways of call relays that differ from the recorded relay.
import type { Variation } from './types.ts'

export const callsVariations = {
  'leaves-placeless-callers-unanswered': {
    title: 'says nothing to a client of the call relay that has no place there',
    toleratedBy: [],
    behaviour: { calls: { refusesWithoutPlace: false } },
  },
} as const satisfies Record<string, Variation>
