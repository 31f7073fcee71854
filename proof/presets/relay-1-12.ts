// The newest chatmail relay: what it does not have.
import type { GoldenVerdict } from './types.ts'

export const relay112: readonly GoldenVerdict[] = [
  {
    verdict: 'unsupported',
    because: 'The list of app versions came to the metadata after 1.12.',
    checks: ['imap/lists-app-versions'],
  },
]
