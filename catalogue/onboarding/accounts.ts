// What a chatmail server owes its users at a login: the first one makes the account, later ones let its owner in.
import type { Requirement } from '../types.ts'
import { authService, core, relay, rfc } from './sources.ts'

const createOnLogin =
  'Make unknown accounts at their first login: a Dovecot auth dict such as chatmaild/doveauth.py, for IMAP and, through smtpd_sasl_type = dovecot, for submission.'

export const onboardingAccounts = {
  'onboarding.creates-account-on-first-imap-login': {
    level: 'must',
    basis: 'client-relies',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Makes an account at the first IMAP login with a new name, usable at once.',
    why: 'The app invents a name and a password and logs in; there is no sign-up besides.',
    sources: [core('dcaccount:HOST invents credentials and logs in'), relay('chatmaild/doveauth.py')],
    covers: ['ACC-1'],
    fix: {
      relay: `${authService} /etc/chatmail-nocreate must not exist; load, memory and disk limits of chatmail.ini also stop registrations.`,
      madmail: 'Turn on registration at login (JIT).',
      'postfix-dovecot': createOnLogin,
    },
  },
  'onboarding.creates-account-on-first-smtp-login': {
    level: 'must',
    basis: 'client-relies',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Makes an account at the first login for submission with a new name, usable at once.',
    why: 'The app logs in over IMAP and SMTP at the same moment. Either may come first.',
    sources: [core('configures IMAP and SMTP concurrently'), relay('chatmaild/doveauth.py')],
    covers: ['ACC-1'],
    fix: {
      relay: `${authService} Postfix must ask Dovecot: smtpd_sasl_type = dovecot in main.cf.`,
      'postfix-dovecot': createOnLogin,
    },
  },
  'onboarding.creates-account-once': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Makes one account when several first logins with the same password come at the same moment.',
    why: 'Apps open several connections at once. If one is refused, the sign-up fails; if two accounts are made, mail is lost in one of them.',
    sources: [core('configures IMAP and SMTP concurrently'), relay('cmdeploy/tests/online/test_0_login.py')],
    covers: ['ACC-7'],
    fix: {
      relay: authService,
      any: 'Take a lock for the name while an account is made, and look again once it is held.',
    },
  },
  'onboarding.accepts-credentials-of-apps': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Takes new names of 9 letters and digits and passwords of 22, over IMAP and submission at the same moment.',
    why: 'These are what the app invents for an invite that names only the server.',
    sources: [core('dcaccount:HOST: 9 and 22 random letters and digits')],
    covers: ['ACC-3'],
    fix: {
      relay: 'username_min_length = 9 and username_max_length = 9 (or wider) in chatmail.ini.',
      any: 'Let lower-case names of nine letters and digits be taken.',
    },
  },
  'onboarding.lets-owner-back-in': {
    level: 'must',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Lets the owner of an account in again, over IMAP and submission.',
    why: 'Every later connection of every device is such a login.',
    sources: [rfc(3501, '6.2.3'), relay('cmdeploy/tests/online/test_0_login.py')],
    covers: ['ACC-2'],
    fix: {
      'postfix-dovecot':
        'doveadm auth test USER tells what Dovecot decides, and auth_debug = yes writes into the mail log why.',
      relay: authService,
      any: 'See the log of the authentication service for the reason of the refusal.',
    },
  },
  'onboarding.keeps-users-with-equal-passwords-apart': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Gives two users who happen to have the same password two mailboxes.',
    why: 'Whoever shares a mailbox reads the mail of somebody else.',
    sources: [relay('cmdeploy/tests/online/test_0_login.py: same password')],
    covers: ['ACC-8'],
    fix: {
      'postfix-dovecot': 'mail_location and mail_home by %u, or by %d and %n, in 10-mail.conf.',
      any: 'Let mail_location and caches of logins go by the whole user name, not by the password.',
    },
  },
  'onboarding.refuses-odd-names': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Makes no account whose name has a space, a control character or a second @.',
    why: 'Such names break addresses, folders and logs, and let one user pass for another.',
    sources: [relay('chatmaild/doveauth.py: is_allowed_to_create'), rfc(5321, '4.1.2')],
    covers: ['ACC-4'],
    fix: {
      relay: authService,
      'postfix-dovecot': 'auth_username_chars in 10-auth.conf: letters, digits and .-_@ only.',
      any: 'Take names of [a-z0-9._-] only.',
    },
  },
  'onboarding.refuses-foreign-domain': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Makes no account under a domain that is not its own.',
    why: 'Such a user could write in the name of a domain of others, and would never get an answer.',
    sources: [relay('chatmaild/doveauth.py'), { title: 'chatmail/cmlxc, relay_minitest/test_relay.py' }],
    covers: ['ACC-6'],
    fix: {
      relay: 'mail_domain in chatmail.ini must be the domain alone; see journalctl -u doveauth.',
      any: 'Compare the domain of the login name with the mail domain before an account is made.',
    },
  },
} as const satisfies Record<string, Requirement>
