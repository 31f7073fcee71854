// What a chatmail server owes its users about passwords: which it takes, and that only the right one opens.
import type { Requirement } from '../types.ts'
import { authService, core, relay, rfc } from './sources.ts'

const wholePassword = 'Hash and compare the password as it came, all of it, byte for byte.'

export const onboardingPasswords = {
  'onboarding.accepts-odd-passwords': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Takes passwords with quotes, backslashes and other punctuation, over IMAP and submission.',
    why: 'The relay itself proposes such passwords.',
    sources: [relay('chatmaild/newemail.py: letters, digits and punctuation'), rfc(3501, '4.3')],
    covers: ['ACC-5'],
    fix: {
      relay: authService,
      any: 'Pass passwords on without a shell, and escape them where a text protocol carries them.',
    },
  },
  'onboarding.accepts-long-passwords': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Takes passwords of 50 characters, over IMAP and submission.',
    why: 'Delta Chat before 2.58 invented passwords of that length.',
    sources: [core('dcaccount:HOST before 2.58: 50 letters and digits')],
    covers: ['ACC-5'],
    fix: {
      'postfix-dovecot':
        'Raise the limit in the auth dict or in the program that makes accounts: Dovecot itself has none so low.',
      relay: authService,
      any: 'Set no upper limit for passwords below 128 characters.',
    },
  },
  'onboarding.refuses-short-password': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Makes no account with a password of five characters.',
    why: 'Passwords are made by apps; a short one was typed, and can be guessed.',
    sources: [relay('chatmaild/doveauth.py: password_min_length'), relay('cmdeploy/tests/online/test_0_login.py')],
    covers: ['ACC-5'],
    fix: { relay: 'password_min_length = 9 in chatmail.ini.', any: 'Demand nine characters of new passwords.' },
  },
  'onboarding.refuses-wrong-password': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Refuses a login with a wrong password, over IMAP and submission.',
    why: 'Mail is for its owner alone.',
    sources: [rfc(3501, '6.2.3'), rfc(4954, '6'), relay('cmdeploy/tests/online/test_0_login.py')],
    covers: ['ACC-2'],
    fix: {
      relay:
        'There should be one passdb in /etc/dovecot/dovecot.conf, the dict of doveauth, as cmdeploy run writes it.',
      'postfix-dovecot':
        'Look in dovecot.conf for a passdb with driver = static and nopassword=y, or another one that lets everybody in.',
      any: 'See how the authentication service compares passwords, and whether a proxy in front of it lets all in.',
    },
  },
  'onboarding.refuses-empty-password': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Refuses a login with an empty password.',
    why: 'Some password databases take an empty password for an anonymous login that always succeeds.',
    sources: [rfc(4513, '5.1.2'), rfc(4954, '6')],
    covers: ['ACC-2'],
    fix: { any: 'Refuse empty passwords before the database is asked; with LDAP set auth_bind accordingly.' },
  },
  'onboarding.compares-whole-password': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Refuses a password that differs from the right one only in its last character.',
    why: 'Old password hashes look at the first eight characters only. That is much less to guess.',
    sources: [rfc(4616, '2'), { title: 'crypt(3): the traditional DES hash uses eight characters' }],
    covers: ['ACC-2'],
    fix: { any: `${wholePassword} Use SHA512-CRYPT or better, never CRYPT.` },
  },
  'onboarding.compares-password-case': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Refuses a password that differs from the right one only in upper and lower case.',
    why: 'Folding the case makes passwords much easier to guess.',
    sources: [rfc(4616, '2')],
    covers: ['ACC-2'],
    fix: { any: `${wholePassword} Databases often compare texts without case: compare binary.` },
  },
  'onboarding.compares-password-punctuation': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Refuses a password that differs from the right one only in its punctuation.',
    why: 'A server that drops what it cannot quote opens a mailbox to more than one password.',
    sources: [rfc(4616, '2')],
    covers: ['ACC-2'],
    fix: { any: wholePassword },
  },
  'onboarding.keeps-password-after-wrong-login': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'reliability',
    text: 'Lets the owner in after somebody tried a wrong password.',
    why: 'Whoever knows an address could otherwise take the account over, or shut its owner out.',
    sources: [relay('chatmaild/doveauth.py: a wrong password is never stored'), relay('tests/test_doveauth.py')],
    covers: ['ACC-2'],
    fix: {
      relay: authService,
      any: 'Store a password only when an account is made, and lock no account for failed logins.',
    },
  },
  'onboarding.lets-others-in-after-wrong-logins': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Lets other users in from an address where somebody mistyped a password.',
    why: 'Many people come from one address: families, offices, mobile networks.',
    sources: [relay('cmdeploy/dovecot/dovecot.conf.j2: no penalty for addresses')],
    covers: ['ACC-13'],
    fix: {
      'postfix-dovecot':
        'service anvil { unix_listener anvil-auth-penalty { mode = 0 } } in dovecot.conf; loosen fail2ban.',
      any: 'Delay failed logins instead of blocking the address they came from.',
    },
  },
} as const satisfies Record<string, Requirement>
