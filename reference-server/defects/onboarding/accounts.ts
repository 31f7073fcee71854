// Defects of logins: accounts that are not made, made twice, shared, or lost to their owners.
import { passwordAlphabets } from '../../behaviour/web.ts'
import type { Defect } from '../types.ts'

export const onboardingAccountDefects = {
  'makes-no-account-over-imap': {
    violates: 'onboarding.creates-account-on-first-imap-login',
    title: 'makes accounts at submission only',
    behaviour: { accounts: { createsOnImap: false } },
  },
  'makes-no-account-over-smtp': {
    violates: 'onboarding.creates-account-on-first-smtp-login',
    title: 'makes accounts at IMAP logins only',
    behaviour: { accounts: { createsOnSmtp: false } },
  },
  'refuses-login-that-creates': {
    violates: 'onboarding.creates-account-on-first-imap-login',
    title: 'makes the account, but refuses the login that made it',
    alsoFails: ['onboarding/creates-account-on-first-smtp-login'],
    behaviour: { accounts: { refusesFirstLogins: 1 } },
  },
  'makes-account-twice': {
    violates: 'onboarding.creates-account-once',
    title: 'makes one account for each of several simultaneous first logins, and the last one counts',
    behaviour: { accounts: { creationMs: 60, duringCreation: 'replace' } },
  },
  'refuses-simultaneous-first-logins': {
    violates: 'onboarding.creates-account-once',
    title: 'refuses logins while the account is being made',
    alsoFails: ['onboarding/accepts-credentials-of-apps'],
    behaviour: { accounts: { creationMs: 60, duringCreation: 'refuse' } },
  },
  'takes-test-names-only': {
    violates: 'onboarding.accepts-credentials-of-apps',
    title: 'makes accounts only for names that begin with ci-, as left over from a trial',
    alsoFails: ['onboarding/new-proposal-works'],
    behaviour: { accounts: { localpartPattern: '^ci-[a-z0-9]+$' }, web: { new: { createsAccount: false } } },
  },
  'locks-owner-out': {
    violates: 'onboarding.lets-owner-back-in',
    title: 'lets nobody in who has an account already',
    alsoFails: [
      'onboarding/new-proposal-works',
      'onboarding/creates-account-on-first-smtp-login',
      'onboarding/creates-account-once-under-concurrent-logins',
      'onboarding/accepts-credentials-of-apps',
      'onboarding/accepts-odd-passwords',
      'onboarding/accepts-long-passwords',
      'onboarding/keeps-password-after-wrong-login',
      'onboarding/lets-others-in-after-wrong-logins',
      'sender/offers-working-logins',
      'sender/logs-in-after-starttls',
      'imap/logs-in-over-starttls',
      'imap/logs-in-with-quoted-escapes',
      'imap/logs-in-with-literals',
      'imap/logs-in-with-non-synchronizing-literals',
      'imap/authenticates-plain',
      'imap/authenticates-plain-on-request',
      'limits/holds-twenty-connections',
    ],
    behaviour: { accounts: { letsOwnersBackIn: false } },
  },
  'shares-mailbox-by-password': {
    violates: 'onboarding.keeps-users-with-equal-passwords-apart',
    title: 'gives users with equal passwords one mailbox, as a cache keyed by the password does',
    behaviour: { accounts: { mailboxKey: 'password' } },
  },
  'takes-any-name': {
    violates: 'onboarding.refuses-odd-names',
    title: 'makes accounts with any characters in their names',
    behaviour: { accounts: { localpartPattern: '^[^]+$' } },
  },
  'takes-second-at': {
    violates: 'onboarding.refuses-odd-names',
    title: 'makes accounts with an @ in their names',
    behaviour: { accounts: { localpartPattern: '^[a-z0-9._@-]+$' } },
  },
  'takes-foreign-domain': {
    violates: 'onboarding.refuses-foreign-domain',
    title: 'makes accounts under any domain',
    behaviour: { accounts: { acceptsForeignDomain: true } },
  },
  'chokes-on-quotes': {
    violates: 'onboarding.accepts-odd-passwords',
    title: 'refuses passwords with quotes and backslashes, as behind a shell script',
    behaviour: {
      accounts: { passwordRefusedCharacters: '"\'\\' },
      web: { new: { passwordAlphabet: passwordAlphabets.letters } },
    },
  },
  'cuts-long-passwords': {
    violates: 'onboarding.accepts-long-passwords',
    title: 'refuses passwords of more than 30 characters',
    behaviour: { accounts: { passwordMax: 30 } },
  },
  'takes-short-passwords': {
    violates: 'onboarding.refuses-short-password',
    title: 'makes accounts with any password',
    behaviour: { accounts: { passwordMin: 1 } },
  },
} as const satisfies Record<string, Defect>
