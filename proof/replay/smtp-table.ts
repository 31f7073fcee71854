// Submission on 465 and 587 of a chatmail relay (relay services 1.9 behind Postfix 3.7.11) in its own words.
import type { Exchange, RecordedMessage } from './types.ts'

export type SmtpState = 'clear' | 'open' | 'in' | 'mail' | 'rcpt' | 'data' | 'ended'

export const smtpGreeting = '220 {domain} ESMTP Postfix (Debian/GNU)'

const ehlo = (extra: readonly string[]): readonly string[] => {
  const words = ['{domain}', 'PIPELINING', 'SIZE 31457280', 'VRFY', 'ETRN', ...extra]
  words.push('ENHANCEDSTATUSCODES', '8BITMIME', 'DSN', 'SMTPUTF8', 'CHUNKING')
  return words.map((word, at) => `250${at === words.length - 1 ? ' ' : '-'}${word}`)
}

const inside = ['open', 'in', 'mail', 'rcpt'] as const

export const smtpTable: readonly Exchange<SmtpState>[] = [
  { in: ['clear'], client: /^EHLO (\S+)$/i, server: ehlo(['STARTTLS']), does: 'helo' },
  { in: ['clear'], client: /^STARTTLS$/i, server: ['220 2.0.0 Ready to start TLS'], does: 'tls', becomes: 'open' },
  { in: ['clear'], client: /^(?:AUTH|MAIL|RCPT) /i, server: ['530 5.7.0 Must issue a STARTTLS command first'] },
  { in: ['open'], client: /^EHLO (\S+)$/i, server: ehlo(['AUTH PLAIN']), does: 'helo' },
  { in: ['open'], client: /^AUTH PLAIN ([A-Za-z0-9+/]+=*)$/i, server: [], does: 'login', becomes: 'in' },
  {
    in: ['open'],
    client: /^AUTH (?:LOGIN|CRAM-MD5)$/i,
    server: ['535 5.7.8 Error: authentication failed: Invalid authentication mechanism'],
  },
  {
    in: ['open', 'in'],
    client: /^MAIL FROM:<([^>]*)>(?: SIZE=\d+| BODY=8BITMIME)*$/i,
    server: ['250 2.1.0 Ok'],
    does: 'mail',
    becomes: 'mail',
  },
  { in: ['mail', 'rcpt'], client: /^RCPT TO:<([^>]*)>$/i, server: [], does: 'rcpt', becomes: 'rcpt' },
  { in: ['rcpt'], client: /^DATA$/i, server: ['354 End data with <CR><LF>.<CR><LF>'], becomes: 'data' },
  { in: ['mail'], client: /^DATA$/i, server: ['554 5.5.1 Error: no valid recipients'] },
  { in: [...inside, 'clear'], client: /^NOOP$/i, server: ['250 2.0.0 Ok'] },
  { in: inside, client: /^RSET$/i, server: ['250 2.0.0 Ok'], does: 'reset' },
  { in: inside, client: /^VRFY (\S+@chat-a\.test|[^\s@]+)$/i, server: ['252 2.0.0 {1}'] },
  { in: [...inside, 'clear'], client: /^QUIT$/i, server: ['221 2.0.0 Bye'], does: 'end', becomes: 'ended' },
]

/** Logins, and what RCPT says of who sends as whom. */
export const smtpReplies = {
  in: '235 2.7.0 Authentication successful',
  refused: '535 5.7.8 Error: authentication failed: (reason unavailable)',
  recipient: '250 2.1.5 Ok',
  stranger: '554 5.7.1 <unknown[10.77.0.1]>: Client host rejected: Access denied',
  halfName: '504 5.5.2 <{helo}>: Helo command rejected: need fully-qualified hostname',
  notOwned: '553 5.7.1 <{sender}>: Sender address rejected: not owned by user {user}',
  nullSender: "500 Invalid from address <'<>'>",
  tooMuch: '450 4.7.1: Too much mail from {sender}',
} as const

const encryptedType = /^content-type: *multipart\/encrypted/im
const needed = '523 Encryption Needed: Invalid Unencrypted Mail'

/** Messages by their name in the recordings. A message of today stands for one of 2023: the filter looks at no versions. */
export const recordedMessages = {
  encrypted: { reply: '250 OK', looks: [encryptedType, /BEGIN PGP MESSAGE/] },
  cleartext: { reply: needed, looks: [/^content-type: *text\/plain/im], looksNot: [encryptedType] },
  'read receipt': { reply: needed, looks: [/disposition-notification/i], looksNot: [encryptedType] },
  'literal packet in armour': { reply: needed, looks: [encryptedType, /BEGIN PGP MESSAGE/] },
  'armour in text/plain': { reply: needed, looks: [/BEGIN PGP MESSAGE/], looksNot: [encryptedType] },
  'first securejoin request': { reply: '250 OK', looks: [/^secure-join: v[cg]-request/im], looksNot: [encryptedType] },
  'securejoin header over other text': {
    reply: needed,
    looks: [/^secure-join: v[cg]-request/im],
    looksNot: [encryptedType],
  },
  'setup message to somebody': { reply: needed, looks: [/^subject: Autocrypt Setup Message/im] },
  'From of somebody else': { reply: "500 Invalid FROM <'{from}'> for <'{sender}'>", looks: [encryptedType] },
  'no From': {
    reply: "500 Error: (AttributeError) 'NoneType' object has no attribute 'strip'",
    looks: [encryptedType],
    looksNot: [/^from:/im],
  },
} as const satisfies Record<string, RecordedMessage>

export type RecordedMessageName = keyof typeof recordedMessages
