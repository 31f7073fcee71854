// The newest chatmail relay: what it does not have.
import type { GoldenVerdict } from './types.ts'

export const relay112: readonly GoldenVerdict[] = [
  {
    verdict: 'unsupported',
    because: 'The list of app versions came to the metadata after 1.12.',
    checks: ['imap/lists-app-versions'],
  },
]

export const relay112SelfSigned: readonly GoldenVerdict[] = [
  ...relay112,
  {
    verdict: 'unsupported',
    because: 'Its page is built by a script, which asks /new for a login link; our checks run no scripts.',
    checks: ['onboarding/shows-invite-link', 'onboarding/shows-invite-qr', 'onboarding/invites-work-in-apps'],
  },
  {
    verdict: 'skipped',
    because: 'Nobody but itself vouches for its certificate, and clients do not ask who does.',
    checks: [
      'transport/certificate-is-trusted',
      'transport/certificate-is-in-date',
      'transport/certificate-is-renewed-in-time',
      'transport/limits-certificate-authorities',
    ],
  },
  {
    verdict: 'skipped',
    because: 'Without a certificate of a public authority there is no MTA-STS.',
    checks: ['transport/publishes-mta-sts', 'transport/serves-mta-sts-policy', 'transport/mta-sts-*'],
  },
]
