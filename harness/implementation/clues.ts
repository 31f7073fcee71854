// What tells the makes of servers apart, in the words that they say anyway. Read by guess.ts; says nothing of right or wrong.
import type { Implementation } from '../../catalogue/types.ts'

export interface Clue {
  /** On which ports; `after`: of IMAP, behind a login only, `before`: ahead of it. */
  readonly at: 'imap' | 'smtp' | 'port 25' | 'https'
  readonly login?: 'before' | 'after'
  /** What the client said last, where that matters. */
  readonly asked?: RegExp
  /** A line of the server. */
  readonly line: RegExp
  /** The same in a report: "looks like X, by ...". */
  readonly by: string
  /** How much it speaks for a make, or against it. */
  readonly points: Readonly<Partial<Record<Implementation, number>>>
  /** Minor version of chatmail relay 1.x since which it is so, and before which it was. */
  readonly since?: number
  readonly before?: number
  /** Something is missing, which may have other reasons: a version read off it gives way. */
  readonly weak?: true
}

const relayOnly = { relay: 3 } as const
const madmailOnly = { madmail: 3 } as const

function metadata(key: string, kind: 'value' | 'none', more: Pick<Clue, 'points' | 'since' | 'before' | 'weak'>): Clue {
  const name = key.replace(/^.*\//, '')
  const value = kind === 'value' ? '(?:\\{[1-9]\\d*\\+?\\}|"[^"]+")' : '(?:NIL|""|\\{0\\})'
  return {
    at: 'imap',
    login: 'after',
    line: new RegExp(`(?:^\\* METADATA "" \\(|^ | )${key} ${value}`, 'i'),
    by: kind === 'value' ? `${name} in its metadata` : `no ${name} in its metadata`,
    ...more,
  }
}

export const clues: readonly Clue[] = [
  // The programs say their names.
  {
    at: 'imap',
    line: /^\* OK .*\bDovecot\b/,
    by: 'Dovecot in its greeting',
    points: { relay: 1, 'postfix-dovecot': 2 },
  },
  { at: 'imap', line: /^\* ID \(.*"Dovecot"/i, by: 'its ID, Dovecot', points: { relay: 1, 'postfix-dovecot': 2 } },
  {
    at: 'smtp',
    line: /^220[ -].*\bPostfix\b/,
    by: 'Postfix in its greeting',
    points: { relay: 1, 'postfix-dovecot': 2 },
  },

  // Capabilities.
  {
    at: 'imap',
    login: 'before',
    line: /^\* .*\bCAPABILITY [^\]]*\bXCHATMAIL\b/i,
    by: 'XCHATMAIL before login',
    points: { relay: 2, 'postfix-dovecot': -4 },
  },
  {
    at: 'imap',
    login: 'before',
    line: /^\* (?:OK \[)?CAPABILITY (?![^\]]*\bXCHATMAIL\b)/i,
    by: 'a short list of capabilities before login',
    points: { madmail: 1, 'postfix-dovecot': 1 },
  },
  {
    at: 'imap',
    login: 'after',
    line: /\bCAPABILITY [^\]]*\bXCHATMAIL\b/i,
    by: 'XCHATMAIL after login',
    points: { relay: 1, madmail: 1, 'postfix-dovecot': -4 },
  },
  {
    at: 'imap',
    login: 'after',
    line: /\bCAPABILITY (?![^\]]*\bXCHATMAIL\b)/i,
    by: 'no XCHATMAIL after login',
    points: { relay: -4, madmail: -4 },
  },
  {
    at: 'imap',
    login: 'after',
    line: /\bCAPABILITY (?=[^\]]*\bXCHATMAIL\b)(?![^\]]*\b(?:ID|NAMESPACE|CONDSTORE)\b)/i,
    by: 'few capabilities beside XCHATMAIL',
    points: madmailOnly,
  },

  // Quota, mailboxes.
  { at: 'imap', line: /^\* QUOTAROOT \S+ "?ROOT"?$/, by: 'its quota root, ROOT', points: { madmail: 2 } },
  {
    at: 'imap',
    line: /^\* QUOTAROOT \S+ "User quota"/,
    by: 'its quota root, User quota',
    points: { relay: 1, 'postfix-dovecot': 1 },
  },
  { at: 'imap', line: /^\S+ OK \[SELECT\]/, by: '[SELECT] where others say [READ-WRITE]', points: madmailOnly },
  { at: 'imap', line: /^\S+ NO \[ENCRYPTED\]/, by: 'its refusal of cleartext in APPEND', points: madmailOnly },

  // Metadata, with what each version of the relay brought.
  metadata('/shared/vendor/deltachat/turn', 'value', { points: {}, since: 8 }),
  metadata('/shared/vendor/deltachat/turn', 'none', { points: {}, before: 8, weak: true }),
  metadata('/shared/vendor/deltachat/maxsmtprecipients', 'value', { points: { relay: 2 }, since: 11 }),
  metadata('/shared/vendor/deltachat/maxsmtprecipients', 'none', { points: {}, before: 11, weak: true }),
  metadata('/shared/comment', 'value', { points: {}, before: 12 }),
  metadata('/shared/comment', 'none', { points: {}, since: 12, weak: true }),
  metadata('/shared/vendor/deltachat/appversions', 'value', { points: { relay: 2 }, since: 13 }),
  metadata('/shared/vendor/deltachat/appversions', 'none', { points: {}, before: 13, weak: true }),

  // How mail is refused.
  {
    at: 'smtp',
    line: /^523 Encryption Needed: Invalid Unencrypted Mail/,
    by: 'the words in which it refuses cleartext',
    points: relayOnly,
    since: 6,
  },
  {
    at: 'smtp',
    line: /^500 Invalid unencrypted mail to /,
    by: 'the words in which it refuses cleartext',
    points: relayOnly,
    before: 6,
  },
  {
    at: 'smtp',
    line: /^523 5\.7\.1 Encryption Needed/,
    by: 'the words in which it refuses cleartext',
    points: madmailOnly,
  },
  {
    at: 'smtp',
    line: /^500 Invalid FROM <'/,
    by: 'how it refuses a forged From, in the way of Python',
    points: relayOnly,
    before: 10,
  },
  {
    at: 'smtp',
    line: /^500 Invalid FROM <[^'>]+> for </,
    by: 'how it refuses a forged From',
    points: relayOnly,
    since: 10,
  },
  {
    at: 'smtp',
    line: /^554 5\.6\.0 From header does not match envelope sender/,
    by: 'how it refuses a forged From',
    points: madmailOnly,
  },
  {
    at: 'smtp',
    line: /^553 5\.7\.0 Unauthorized use of sender address/,
    by: "how it refuses somebody else's envelope",
    points: madmailOnly,
  },
  {
    at: 'smtp',
    line: /^553 5\.7\.1 .*Sender address rejected: not owned by user/,
    by: "how it refuses somebody else's envelope, as Postfix",
    points: { relay: 1, 'postfix-dovecot': 2 },
  },
  {
    at: 'smtp',
    line: /^450 4\.7\.1: Too much mail from [^<\s]+$/,
    by: 'how it limits senders',
    points: relayOnly,
    before: 10,
  },
  { at: 'smtp', line: /^450 4\.7\.1: Too much mail from </, by: 'how it limits senders', points: relayOnly, since: 10 },
  {
    at: 'smtp',
    asked: /^VRFY /i,
    line: /^502 5\.5\.1 Command not implemented/,
    by: 'its answer to VRFY',
    points: { madmail: 2 },
  },

  // Mail of other servers.
  {
    at: 'port 25',
    asked: /^MAIL /i,
    line: /^530 5\.7\.0 Must issue a STARTTLS command first/,
    by: 'STARTTLS that it demands of other servers',
    points: { relay: 1 },
    since: 8,
  },
  {
    at: 'port 25',
    line: /^554 5\.7\.1 No DKIM signature found/,
    by: 'how it refuses unsigned mail',
    points: relayOnly,
    since: 10,
  },
  {
    at: 'port 25',
    line: /^5\d\d .*No valid DKIM signature found/,
    by: 'how it refuses badly signed mail',
    points: { relay: 2 },
  },
  { at: 'port 25', line: /^550 5\.7\.1 Relaying denied/, by: 'how it refuses to relay', points: { madmail: 1 } },
  {
    at: 'https',
    asked: /^GET \/mxdeliv /,
    line: /^HTTP\/\S+ 405 /,
    by: '/mxdeliv for mail of other servers',
    points: { relay: 1, madmail: 1, 'postfix-dovecot': -2 },
    since: 10,
  },
  {
    at: 'https',
    asked: /^GET \/mxdeliv /,
    line: /^HTTP\/\S+ 404 /,
    by: 'no /mxdeliv',
    points: {},
    before: 10,
    weak: true,
  },
  {
    at: 'https',
    asked: /^GET \S*\/new /,
    line: /^HTTP\/\S+ 301 /,
    by: 'the redirect at /new',
    points: { relay: 1, madmail: -1, 'postfix-dovecot': -2 },
  },
]
