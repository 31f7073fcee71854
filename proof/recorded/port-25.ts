// Port 25 of a chatmail relay (relay services 1.9, Postfix 3.7.11, OpenDKIM), as a stranger meets it. The filter of 1.9
// wraps what the DKIM milter says: the outer code is 500, the inner 554.
import type { SmtpCase, Step } from './types.ts'

const unplayed = 'the reference server has no port 25'

function stranger(name: string, from: string, to: string, ...last: Step[]): SmtpCase {
  return {
    name: `port 25: ${name}`,
    port: 'smtp',
    ehlo: 'ext.test',
    witnesses: [],
    unplayed,
    dialogue: [
      { client: 'STARTTLS', reply: '220 2.0.0' },
      { client: 'EHLO ext.test', reply: '250' },
      { client: `MAIL FROM:<${from}>`, reply: '250 2.1.0' },
      ...(last.length === 1
        ? [
            { client: `RCPT TO:<${to}>`, reply: '250 2.1.5' },
            { client: 'DATA', reply: '354' },
          ]
        : []),
      ...last,
    ],
  }
}

const message = (sample: string, reply: string): Step => ({ client: `message ${sample}`, reply })

export const port25: readonly SmtpCase[] = [
  stranger('no DKIM signature', 'someone@ext.test', '{you}', message('encrypted', '500')),
  stranger('signed and encrypted', 'someone@ext.test', '{you}', message('encrypted, signed', '250')),
  stranger('signed cleartext', 'someone@ext.test', '{you}', message('cleartext, signed', '523')),
  stranger('body changed after signing', 'someone@ext.test', '{you}', message('encrypted, body changed', '500')),
  stranger('From changed after signing', 'someone@ext.test', '{you}', message('encrypted, From changed', '500')),
  stranger('signed by another domain', 'x@other.test', '{you}', message('encrypted, signed by ext.test', '500')),
  stranger('selector that does not exist', 'someone@ext.test', '{you}', message('encrypted, unknown selector', '500')),
  stranger('From of a local user, unsigned', '{me}', '{you}', message('encrypted', '500')),
  stranger(
    'recipient who does not exist',
    'someone@ext.test',
    '{name:9}@{domain}',
    message('encrypted, signed', '250'),
  ),
  stranger('unsigned delivery report', '', '{you}', message('delivery report', '500')),
  stranger('signed delivery report', '', '{you}', message('delivery report, signed', '250')),
  stranger(
    'signed first securejoin request',
    'someone@ext.test',
    '{you}',
    message('securejoin-vc-request, signed', '250'),
  ),
  stranger(
    'recipient at a third domain',
    'someone@ext.test',
    'x@other.test',
    { client: 'RCPT TO:<x@other.test>', reply: '454 4.7.1' },
    { client: 'AUTH PLAIN {me} {right}', reply: '503 5.5.1' },
  ),
  {
    name: 'port 25: before STARTTLS',
    port: 'smtp',
    ehlo: 'ext.test',
    witnesses: [],
    unplayed,
    dialogue: [
      { client: 'VRFY {me}', reply: '530 5.7.0' },
      { client: 'MAIL FROM:<x@ext.test>', reply: '530 5.7.0' },
      { client: 'RCPT TO:<{me}>', reply: '530 5.7.0' },
    ],
  },
  {
    name: 'port 25: questions about users',
    port: 'smtp',
    ehlo: 'ext.test',
    witnesses: [],
    unplayed,
    dialogue: [
      { client: 'STARTTLS', reply: '220 2.0.0' },
      { client: 'EHLO ext.test', reply: '250' },
      { client: 'VRFY {name:9}@{domain}', reply: '252 2.0.0' },
      { client: 'VRFY {me}', reply: '252 2.0.0' },
      { client: 'VRFY x@gmail.test', reply: '454 4.7.1' },
      { client: 'EXPN x', reply: '500 5.5.2' },
      { client: 'HELP', reply: '500 5.5.2' },
      { client: 'QUIT', reply: '221 2.0.0' },
    ],
  },
]
