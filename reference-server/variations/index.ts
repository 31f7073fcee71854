// Every variation by id. Suite authors add the ones that exercise what their checks tolerate.
import type { Variation } from './types.ts'

export const variations = {
  'closes-instead-of-refusing-messages': {
    title: 'ends the session without a word when a message may not pass',
    behaviour: { submission: { refusesMessagesBy: 'closing' } },
    toleratedBy: ['encryption/refuses-cleartext'],
  },
} as const satisfies Record<string, Variation>
