// Defects of password comparison, and of what a wrong password does.
import type { Defect } from '../types.ts'

const near = [
  'onboarding/compares-whole-password',
  'onboarding/compares-password-case',
  'onboarding/compares-password-punctuation',
] as const

export const onboardingPasswordDefects = {
  'takes-any-password': {
    violates: 'onboarding.refuses-wrong-password',
    title: 'lets in with any password',
    alsoFails: ['onboarding/refuses-empty-password', ...near],
    behaviour: { accounts: { acceptsWrongPassword: true } },
  },
  'takes-any-password-over-imap': {
    violates: 'onboarding.refuses-wrong-password',
    title: 'lets in with any password over IMAP',
    alsoFails: ['onboarding/refuses-empty-password', ...near],
    behaviour: { accounts: { acceptsWrongPasswordOver: 'imap' } },
  },
  'takes-any-password-over-smtp': {
    violates: 'onboarding.refuses-wrong-password',
    title: 'lets in with any password for submission',
    behaviour: { accounts: { acceptsWrongPasswordOver: 'smtp' } },
  },
  'lets-users-act-for-others': {
    violates: 'onboarding.refuses-wrong-password',
    title: 'lets a user into the account of another whom the login names as the one to act for',
    behaviour: {
      accounts: { letsActForOthers: true },
      imap: { authenticate: { foreignIdentity: 'ignored' } },
    },
  },
  'lets-users-send-for-others': {
    violates: 'onboarding.refuses-wrong-password',
    title: 'lets a user send as another whom the login for submission names as the one to act for',
    behaviour: { accounts: { letsActForOthers: true } },
  },
  'takes-empty-password': {
    violates: 'onboarding.refuses-empty-password',
    title: 'lets in with an empty password, as a directory bind does',
    behaviour: { accounts: { acceptsEmptyPassword: true } },
  },
  'compares-8-characters': {
    violates: 'onboarding.compares-whole-password',
    title: 'looks at the first 8 characters of passwords only, as the old DES hash does',
    behaviour: { accounts: { passwordComparison: 'first-8' } },
  },
  'compares-16-characters': {
    violates: 'onboarding.compares-whole-password',
    title: 'looks at the first 16 characters of passwords only',
    behaviour: { accounts: { passwordComparison: 'first-16' } },
  },
  'folds-password-case': {
    violates: 'onboarding.compares-password-case',
    title: 'takes passwords in upper and lower case alike',
    behaviour: { accounts: { passwordComparison: 'case-insensitive' } },
  },
  'drops-punctuation-of-passwords': {
    violates: 'onboarding.compares-password-punctuation',
    title: 'compares letters and digits of passwords only',
    behaviour: { accounts: { passwordComparison: 'letters-and-digits' } },
  },
  'overwrites-password': {
    violates: 'onboarding.keeps-password-after-wrong-login',
    title: 'refuses a wrong password, but takes it as the right one from then on',
    alsoFails: ['onboarding/refuses-wrong-password'],
    behaviour: { accounts: { wrongLoginOverwritesPassword: true } },
  },
  'locks-account-after-failure': {
    violates: 'onboarding.keeps-password-after-wrong-login',
    title: 'locks an account after a failed login',
    behaviour: { accounts: { lockoutAfterFailures: 1 } },
  },
  'locks-everybody-after-failure': {
    violates: 'onboarding.lets-others-in-after-wrong-logins',
    title: 'lets nobody in any more after failed logins from the same place',
    alsoFails: ['onboarding/keeps-password-after-wrong-login'],
    behaviour: { accounts: { lockoutAfterFailures: 1, lockoutForAll: true } },
  },
} as const satisfies Record<string, Defect>
