// Legitimate ways to take in new users.
import type { Variation } from './types.ts'

export const onboardingVariations = {
  'answers-browsers-with-json': {
    title: 'answers GET /new with JSON, as servers with a certificate of their own do',
    behaviour: { web: { new: { get: 'json' } } },
    toleratedBy: [],
  },
  'makes-account-at-new': {
    title: 'makes the account at /new already, and adds a login link, as madmail does',
    behaviour: { web: { new: { createsAccount: true, loginLink: 'always' } } },
    toleratedBy: [],
  },
  'takes-many-names': {
    title: 'takes names of 8 to 20 letters and passwords from 8 on',
    behaviour: { accounts: { localpartMin: 8, localpartMax: 20, passwordMin: 8 } },
    toleratedBy: [],
  },
  'slows-guessers-down': {
    title: 'waits before it refuses a login, and then closes the connection',
    behaviour: {
      submission: { authFailureDelayMs: 150, closesOnAuthFailure: true },
      imap: { login: { authFailureDelayMs: 150, failure: 'bye' } },
    },
    toleratedBy: [],
  },
  'shows-qr-as-svg': {
    title: 'shows the QR code of its invite as SVG',
    behaviour: { web: { qrFormat: 'svg' } },
    toleratedBy: [],
  },
  'invites-by-name': {
    title: 'invites by dcaccount:DOMAIN',
    behaviour: {
      web: { invite: 'dcaccount:{domain}', qr: 'dcaccount:{domain}', new: { redirectTo: 'dcaccount:{domain}' } },
    },
    toleratedBy: [],
  },
  'lists-standard-ports': {
    title: 'lists the standard ports, whatever is in front of it',
    behaviour: { web: { autoconfig: { listsStandardPorts: true } } },
    toleratedBy: [],
  },
  'lists-tls-ports-only': {
    title: 'lists only the ports with TLS from the start',
    behaviour: { web: { autoconfig: { services: ['imaps', 'submissions'] } } },
    toleratedBy: [],
  },
} as const satisfies Record<string, Variation>
