// Defects about the IMAP login.
import type { Defect } from '../types.ts'

export const imapLoginDefects = {
  'keeps-backslashes-in-passwords': {
    violates: 'imap.logs-in-with-quoted-escapes',
    title: 'takes the backslashes of a quoted string for part of the password',
    alsoFails: ['onboarding/accepts-odd-passwords'],
    behaviour: { imap: { login: { quotedEscapes: 'kept' } } },
  },
  'refuses-literals': {
    violates: 'imap.logs-in-with-literals',
    title: 'refuses literals',
    alsoFails: ['imap/selects-inbox-in-any-form'],
    behaviour: { imap: { literals: { synchronizing: 'refused' } } },
  },
  'refuses-literal-plus': {
    violates: 'imap.logs-in-with-non-synchronizing-literals',
    title: 'lists LITERAL+ and refuses such literals',
    alsoFails: ['imap/takes-device-token-as-literal'],
    behaviour: { imap: { literals: { nonSynchronizing: 'refused' } } },
  },
  'asks-for-literals-sent-already': {
    violates: 'imap.logs-in-with-non-synchronizing-literals',
    title: 'sends a continuation for literals that need none',
    behaviour: { imap: { literals: { nonSynchronizing: 'waits' } } },
  },
  'ignores-initial-response': {
    violates: 'imap.authenticates-plain',
    title: 'lists SASL-IR and does not read the initial response',
    behaviour: { imap: { authenticate: { initialResponse: 'ignored' } } },
  },
  'refuses-plain-without-initial-response': {
    violates: 'imap.authenticates-plain-on-request',
    title: 'refuses AUTHENTICATE PLAIN without an initial response',
    behaviour: { imap: { authenticate: { continuation: 'refused' } } },
  },
  'refuses-authenticate': {
    violates: 'imap.authenticates-plain',
    title: 'lists AUTH=PLAIN and refuses AUTHENTICATE',
    alsoFails: ['imap/authenticates-plain-on-request'],
    behaviour: { imap: { commands: { refused: ['AUTHENTICATE'] } } },
  },
  'takes-any-mechanism-for-plain': {
    violates: 'imap.refuses-unknown-mechanism',
    title: 'takes every mechanism for PLAIN',
    behaviour: { imap: { authenticate: { others: 'taken-as-plain' } } },
  },
  'tells-case-of-logins-apart': {
    violates: 'imap.folds-login-case',
    title: 'takes a login name in capital letters for somebody else',
    behaviour: { accounts: { foldsCase: false } },
  },
  'opens-imap-to-strangers': {
    violates: 'imap.refuses-mailbox-before-login',
    title: 'says OK to whatever is asked before login',
    alsoFails: ['imap/refuses-metadata-before-login', 'imap/refuses-unknown-mechanism'],
    behaviour: { imap: { commands: { beforeLogin: 'all-ok' } } },
  },
  'shows-metadata-to-strangers': {
    violates: 'imap.refuses-metadata-before-login',
    title: 'answers GETMETADATA before login',
    behaviour: { imap: { commands: { beforeLogin: 'metadata-open' } } },
  },
} as const satisfies Record<string, Defect>
