// Port 25 of a chatmail relay (relay services 1.9, Postfix 3.7.11, OpenDKIM), as a stranger meets it. The filter of 1.9
// wraps what the DKIM milter says: the outer code is 500, the inner 554.
import type { Difference, SmtpCase, Step } from './types.ts'

const keywords = [
  'PIPELINING',
  'SIZE 31457280',
  'VRFY',
  'ETRN',
  'ENHANCEDSTATUSCODES',
  '8BITMIME',
  'DSN',
  'SMTPUTF8',
  'CHUNKING',
]

const secured: readonly Step[] = [
  { client: 'STARTTLS', reply: '220 2.0.0' },
  { client: 'EHLO ext.test', reply: '250', says: keywords },
]

/** A message of somebody elsewhere; `from` is the envelope sender. */
function stranger(name: string, from: string, to: string, last: Step, ...witnesses: SmtpCase['witnesses']): SmtpCase {
  return {
    name: `port 25: ${name}`,
    port: 'smtp',
    ehlo: 'ext.test',
    witnesses,
    dialogue: [
      ...secured,
      { client: `MAIL FROM:<${from}>`, reply: '250 2.1.0' },
      { client: `RCPT TO:<${to}>`, reply: '250 2.1.5' },
      { client: 'DATA', reply: '354' },
      last,
    ],
  }
}

const someone = 'someone@ext.test'
const daemon = 'MAILER-DAEMON@ext.test'

const taken = (message: string): Step => ({ client: `message ${message}`, reply: '250' })

const ownVerification = (text: string): Difference => ({
  by: 'relay 1.12',
  why: 'its filter looks at signatures itself, and says so in its own words',
  reply: '554 5.7.1',
  text,
})

const unsigned = (message: string): Step => ({
  client: `message ${message}`,
  reply: '500',
  text: "Error: (SMTPDataError) (554, b'5.7.1 No valid DKIM signature found.')",
  differs: ownVerification('No DKIM signature found'),
})

const badlySigned = (message: string, code: string): Step => ({
  client: `message ${message}`,
  reply: '500',
  text: `Error: (SMTPDataError) (554, b'5.7.1 DKIM signature is invalid, error code ${code}`,
  differs: ownVerification('No valid DKIM signature found'),
})

export const port25: readonly SmtpCase[] = [
  stranger('no DKIM signature', someone, '{you}', unsigned(`encrypted by ${someone}`), 'inbound.requires-signature'),
  stranger(
    'signed and encrypted',
    someone,
    '{you}',
    taken(`encrypted by ${someone}, signed`),
    'inbound.accepts-signed-mail',
    'inbound.accepts-encrypted',
  ),
  stranger(
    'signed cleartext',
    someone,
    '{you}',
    {
      client: `message cleartext by ${someone}, signed`,
      reply: '523',
      text: 'Encryption Needed: Invalid Unencrypted Mail',
    },
    'inbound.refuses-cleartext',
  ),
  stranger(
    'body changed after signing',
    someone,
    '{you}',
    badlySigned(`encrypted by ${someone}, body changed`, '28.0'),
    'inbound.verifies-signature',
  ),
  stranger(
    'From changed after signing',
    someone,
    '{you}',
    badlySigned(`encrypted by ${someone}, From changed`, '28.0'),
  ),
  stranger(
    'signed by another domain',
    'x@other.test',
    '{you}',
    badlySigned('encrypted by x@other.test, signed', '-1.0'),
    'inbound.requires-alignment',
  ),
  stranger(
    'selector that does not exist',
    someone,
    '{you}',
    badlySigned(`encrypted by ${someone}, unknown selector`, '22.0'),
  ),
  stranger('From of a local user, unsigned', '{me}', '{you}', unsigned('encrypted by {me}')),
  stranger('recipient who does not exist', someone, '{name:9}@{domain}', taken(`encrypted by ${someone}, signed`)),
  stranger('unsigned delivery report', '', '{you}', unsigned(`delivery report by ${daemon}`)),
  stranger('signed delivery report', '', '{you}', taken(`delivery report by ${daemon}, signed`)),
  stranger('signed first securejoin request', someone, '{you}', taken(`securejoin-vc-request by ${someone}, signed`)),
  {
    name: 'port 25: recipient at a third domain, login',
    port: 'smtp',
    ehlo: 'ext.test',
    witnesses: ['inbound.relays-for-nobody'],
    dialogue: [
      ...secured,
      { client: `MAIL FROM:<${someone}>`, reply: '250 2.1.0' },
      { client: 'RCPT TO:<x@other.test>', reply: '454 4.7.1' },
      { client: 'RSET', reply: '250 2.0.0' },
      { client: 'AUTH PLAIN {me} {right}', reply: '503 5.5.1' },
    ],
  },
  {
    name: 'port 25: before STARTTLS',
    port: 'smtp',
    ehlo: null,
    witnesses: [],
    dialogue: [
      { client: '(connect)', reply: '220' },
      { client: 'EHLO ext.test', reply: '250', says: [...keywords, 'STARTTLS'] },
      { client: 'VRFY {me}', reply: '530 5.7.0' },
      { client: 'MAIL FROM:<x@ext.test>', reply: '530 5.7.0' },
      { client: 'RCPT TO:<{me}>', reply: '530 5.7.0' },
    ],
  },
  {
    name: 'port 25: questions about users, and commands that are none',
    port: 'smtp',
    ehlo: 'ext.test',
    witnesses: [],
    dialogue: [
      ...secured,
      { client: 'VRFY {name:9}@{domain}', reply: '252 2.0.0' },
      { client: 'VRFY echo@{domain}', reply: '252 2.0.0' },
      { client: 'VRFY {me}', reply: '252 2.0.0' },
      { client: 'VRFY wrongaddress', reply: '252 2.0.0' },
      { client: 'VRFY x@gmail.test', reply: '454 4.7.1' },
      { client: 'EXPN x', reply: '500 5.5.2' },
      { client: 'HELP', reply: '500 5.5.2' },
      { client: 'NOOP', reply: '250 2.0.0' },
      { client: 'BOGUS', reply: '500 5.5.2' },
      { client: 'RSET', reply: '250 2.0.0' },
      { client: 'QUIT', reply: '221 2.0.0' },
    ],
  },
]
