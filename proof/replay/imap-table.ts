// IMAP of a chatmail relay (relay services 1.9, Dovecot 2.3.19.1) in its own words. Texts in brackets with seconds are left out:
// they differed each time.
import type { Exchange } from './types.ts'

export type ImapState = 'clear' | 'greeted' | 'in' | 'selected' | 'idle' | 'ended'

const before = 'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE XDELTAPUSH XCHATMAIL LITERAL+'
const after = [
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS',
  'THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED',
  'I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE',
  'SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE XDELTAPUSH XCHATMAIL LITERAL+ NOTIFY METADATA',
  'SPECIAL-USE QUOTA',
].join(' ')

export const imapGreetings: Readonly<Record<'clear' | 'greeted', string>> = {
  clear: `* OK [CAPABILITY ${before} STARTTLS LOGINDISABLED] Dovecot (Debian) ready.`,
  greeted: `* OK [CAPABILITY ${before} AUTH=PLAIN] Dovecot (Debian) ready.`,
}

/** What LOGIN and AUTHENTICATE PLAIN say; who gets in is decided by the recorded accounts. */
export const imapLogin = {
  in: `{tag} OK [CAPABILITY ${after}] Logged in`,
  refused: '{tag} NO [AUTHENTICATIONFAILED] Authentication failed.',
} as const

const vendor = '/shared/vendor/deltachat'
const flags = '(\\Answered \\Flagged \\Deleted \\Seen \\Draft)'
const permanent = '(\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)'
const anywhere = ['in', 'selected'] as const

export const imapTable: readonly Exchange<ImapState>[] = [
  {
    in: ['clear'],
    client: /^CAPABILITY$/i,
    server: [
      `* CAPABILITY ${before} STARTTLS LOGINDISABLED`,
      '{tag} OK Pre-login capabilities listed, post-login capabilities have more.',
    ],
  },
  {
    in: ['clear'],
    client: /^LOGIN /i,
    server: [
      '* BAD [ALERT] Plaintext authentication not allowed without SSL/TLS, but your client did it anyway. If anyone was listening, the password was exposed.',
      '{tag} NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
    ],
  },
  {
    in: ['clear'],
    client: /^STARTTLS$/i,
    server: ['{tag} OK Begin TLS negotiation now.'],
    does: 'tls',
    becomes: 'greeted',
  },
  {
    in: ['greeted'],
    client: /^CAPABILITY$/i,
    server: [
      `* CAPABILITY ${before} AUTH=PLAIN`,
      '{tag} OK Pre-login capabilities listed, post-login capabilities have more.',
    ],
  },
  {
    in: ['greeted'],
    client: /^LOGIN "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"$/i,
    server: [],
    does: 'login',
    becomes: 'in',
  },
  { in: ['greeted'], client: /^AUTHENTICATE PLAIN ([A-Za-z0-9+/=]+)$/i, server: [], does: 'login', becomes: 'in' },
  {
    in: ['greeted'],
    client: /^AUTHENTICATE CRAM-MD5$/i,
    server: ['{tag} NO [ALERT] Unsupported authentication mechanism.'],
  },
  {
    in: ['greeted'],
    client: /^(?:SELECT INBOX|BOGUS)$/i,
    server: ['{tag} BAD Error in IMAP command received by server.'],
  },
  { in: anywhere, client: /^CAPABILITY$/i, server: [`* CAPABILITY ${after}`, '{tag} OK Capability completed.'] },
  {
    // Recorded after the login; the greeting lists it, and our client says who it is before.
    in: ['greeted', ...anywhere],
    client: /^ID (?:NIL|\(.*\))$/i,
    server: ['* ID ("name" "Dovecot")', '{tag} OK ID completed.'],
  },
  {
    in: anywhere,
    client: /^LIST "" "?\*"?$/i,
    server: ['* LIST (\\HasNoChildren) "." INBOX', '{tag} OK List completed.'],
  },
  { in: anywhere, client: /^NAMESPACE$/i, server: ['* NAMESPACE (("" ".")) NIL NIL', '{tag} OK Namespace completed.'] },
  {
    in: anywhere,
    client: /^SELECT "?INBOX"?$/i,
    server: [
      `* FLAGS ${flags}`,
      `* OK [PERMANENTFLAGS ${permanent}] Flags permitted.`,
      '* {exists} EXISTS',
      '* 0 RECENT',
      '* OK [UIDVALIDITY 1795225245] UIDs valid',
      '* OK [UIDNEXT {uidnext}] Predicted next UID',
      '{tag} OK [READ-WRITE] Select completed.',
    ],
    does: 'select',
    becomes: 'selected',
  },
  { in: anywhere, client: /^NOOP$/i, server: ['{tag} OK NOOP completed.'], does: 'announce' },
  { in: ['selected'], client: /^IDLE$/i, server: ['+ idling'], does: 'announce', becomes: 'idle' },
  { in: ['idle'], client: /^DONE$/i, server: ['{tag} OK Idle completed.'], becomes: 'selected' },
  {
    in: ['selected'],
    client: /^UID FETCH (\d+:\*|\d+(?:[:,]\d+)*) \((.+)\)$/i,
    server: ['messages', '{tag} OK Fetch completed.'],
  },
  {
    in: ['selected'],
    client: /^UID STORE (\S+) \+FLAGS\.SILENT \(\\Deleted\)$/i,
    server: ['{tag} OK Store completed.'],
    does: 'delete',
  },
  {
    in: ['selected'],
    client: /^UID STORE (\S+) \+FLAGS \(\\Deleted\)$/i,
    server: ['{tag} OK Store completed.'],
    does: 'delete',
  },
  {
    in: ['selected'],
    client: /^(?:UID )?EXPUNGE(?: \S+)?$/i,
    server: ['{tag} OK Expunge completed.'],
    does: 'expunge',
  },
  { in: ['selected'], client: /^CLOSE$/i, server: ['{tag} OK Close completed.'], becomes: 'in' },
  {
    in: anywhere,
    client: /^GETQUOTAROOT "?INBOX"?$/i,
    server: [
      '* QUOTAROOT INBOX "User quota"',
      '* QUOTA "User quota" (STORAGE 0 512000)',
      '{tag} OK Getquotaroot completed.',
    ],
  },
  {
    in: anywhere,
    client: new RegExp(`^GETMETADATA "" \\(?${vendor}/irohrelay\\)?$`, 'i'),
    server: [`* METADATA "" (${vendor}/irohrelay {19}`, 'https://chat-a.test)', '{tag} OK Getmetadata completed.'],
  },
  {
    in: anywhere,
    client: new RegExp(`^GETMETADATA "" \\(?${vendor}/turn\\)?$`, 'i'),
    server: [
      `* METADATA "" (${vendor}/turn {56}`,
      'chat-a.test:3478:{in-a-day}:8Dqkyyu11MVESBqjbIylmB06rv8=)',
      '{tag} OK Getmetadata completed.',
    ],
  },
  {
    in: anywhere,
    client: /^GETMETADATA "" \(?\/shared\/comment \/shared\/admin\)?$/i,
    server: [
      '* METADATA "" (/shared/comment {15}',
      'Chatmail server /shared/admin {23}',
      'mailto:root@chat-a.test)',
      '{tag} OK Getmetadata completed.',
    ],
  },
  {
    in: anywhere,
    client: /^GETMETADATA "" \(?\/shared\/admin\)?$/i,
    server: ['* METADATA "" (/shared/admin {23}', 'mailto:root@chat-a.test)', '{tag} OK Getmetadata completed.'],
  },
  {
    in: anywhere,
    client: new RegExp(`^GETMETADATA "" \\(?${vendor}/maxsmtprecipients\\)?$`, 'i'),
    server: [`* METADATA "" (${vendor}/maxsmtprecipients NIL)`, '{tag} OK Getmetadata completed.'],
  },
  {
    in: anywhere,
    client: /^GETMETADATA "?INBOX"? \(?\/private\/devicetoken\)?$/i,
    server: [
      '* METADATA INBOX (/private/devicetoken {{tokens-length}}',
      '{tokens})',
      '{tag} OK Getmetadata completed.',
    ],
  },
  {
    in: anywhere,
    client: /^SETMETADATA "?INBOX"? \(\/private\/devicetoken "([^"\\]*)"\)$/i,
    server: ['{tag} OK Setmetadata completed.'],
    does: 'token',
  },
  {
    in: anywhere,
    client: /^(XDELTAPUSH|COMPRESS)(?: .*)?$/i,
    server: ['{tag} BAD Error in IMAP command {1}: Unknown command.'],
  },
  {
    // Recorded after the login; our client also says it to a connection that it gives up.
    in: ['clear', 'greeted', ...anywhere],
    client: /^LOGOUT$/i,
    server: ['* BYE Logging out', '{tag} OK Logout completed.'],
    does: 'end',
    becomes: 'ended',
  },
]
