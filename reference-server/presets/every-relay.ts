// What all chatmail relays built of Postfix, Dovecot and a filter have in common.
import { bothWays, type Choice } from './types.ts'

export const everyRelay: readonly Choice[] = [
  {
    says: 'waits two seconds before it refuses a login (Dovecot)',
    behaviour: { submission: { authFailureDelayMs: 2_000 }, imap: { login: { authFailureDelayMs: 2_000 } } },
  },
  {
    says: 'takes every path that begins with /new for /new (nginx)',
    behaviour: { web: { new: { matchesPrefix: true } } },
  },
  {
    says: 'takes a message whose only part is the version part for encrypted',
    behaviour: bothWays({ requiresTwoParts: false }),
  },
]
