// Submission on 465 and 587 as recorded from a chatmail relay (relay services 1.9, Postfix 3.7.11, Dovecot 2.3.19.1):
// connecting, logging in, limits. What it makes of senders and messages is in filter.ts.
import type { SmtpCase, Step } from './types.ts'

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
const burstOfTen = 'it limits by GCRA: 60 a minute with a burst of 10'

const tooMuch: Step = {
  client: 'RCPT TO:<{you}>',
  reply: '450 4.7.1',
  text: '4.7.1: Too much mail from {me}',
  differs: {
    by: 'relay 1.12',
    why: 'it puts the address in brackets, and tells until when',
    text: '4.7.1: Too much mail from <{me}>, rate limited',
  },
}

export const submission: readonly SmtpCase[] = [
  {
    name: 'EHLO and login on 465',
    port: 'submissions',
    ehlo: null,
    witnesses: [
      'sender.offers-plain-login',
      'sender.offers-working-logins',
      'sender.login-mechanisms',
      'delivery.advertises-size',
    ],
    dialogue: [
      { client: '(connect)', reply: '220' },
      { client: 'EHLO client.example.org', reply: '250', says: [...keywords, 'AUTH PLAIN'] },
      { client: 'AUTH PLAIN {me} {right}', reply: '235 2.7.0' },
    ],
  },
  {
    name: 'EHLO, STARTTLS and login on 587',
    port: 'submission',
    ehlo: null,
    witnesses: ['sender.hides-login-before-tls', 'sender.serves-starttls'],
    partly: ['delivery.delivers-over-starttls'],
    dialogue: [
      { client: '(connect)', reply: '220' },
      { client: 'EHLO client.example.org', reply: '250', says: [...keywords, 'STARTTLS'] },
      { client: 'STARTTLS', reply: '220 2.0.0' },
      { client: 'EHLO client.example.org', reply: '250', says: [...keywords, 'AUTH PLAIN'] },
      { client: 'AUTH PLAIN {me} {right}', reply: '235 2.7.0' },
    ],
  },
  {
    name: 'login and mail on 587 before STARTTLS',
    port: 'submission',
    witnesses: ['sender.refuses-login-before-tls', 'sender.requires-tls'],
    dialogue: [
      { client: 'AUTH PLAIN {me} {right}', reply: '530 5.7.0' },
      { client: 'MAIL FROM:<{me}>', reply: '530 5.7.0' },
    ],
  },
  {
    name: 'mail on 465 without login',
    port: 'submissions',
    witnesses: [],
    partly: ['sender.requires-login'],
    dialogue: [
      { client: 'MAIL FROM:<{me}>', reply: '250 2.1.0' },
      { client: 'RCPT TO:<{you}>', reply: '554 5.7.1' },
      { client: 'DATA', reply: '554 5.5.1' },
    ],
  },
  {
    name: 'wrong password for submission',
    port: 'submissions',
    witnesses: ['onboarding.refuses-wrong-password'],
    dialogue: [{ client: 'AUTH PLAIN {me} {wrong}', reply: '535 5.7.8' }],
  },
  {
    name: 'the owner once more, for submission',
    port: 'submissions',
    witnesses: ['onboarding.lets-owner-back-in'],
    dialogue: [{ client: 'AUTH PLAIN {me} {right}', reply: '235 2.7.0' }],
  },
  {
    name: 'new name for submission',
    port: 'submissions',
    witnesses: [],
    partly: ['onboarding.creates-account-on-first-smtp-login', 'onboarding.accepts-credentials-of-apps'],
    dialogue: [{ client: 'AUTH PLAIN {name:9}@{domain} {right}', reply: '235 2.7.0' }],
  },
  {
    name: 'new name with a password of eight, for submission',
    port: 'submissions',
    witnesses: [],
    partly: ['onboarding.refuses-short-password'],
    dialogue: [{ client: 'AUTH PLAIN {name:9}@{domain} short123', reply: '535 5.7.8' }],
  },
  {
    name: 'other ways to log in',
    port: 'submissions',
    witnesses: [],
    dialogue: [
      { client: 'AUTH CRAM-MD5', reply: '535 5.7.8' },
      { client: 'AUTH LOGIN', reply: '535 5.7.8' },
      { client: 'AUTH PLAIN !!!', reply: '535 5.7.8' },
    ],
  },
  ...(
    [
      ['localhost', '504 5.5.2'],
      ['127.0.0.1', '504 5.5.2'],
      ['client', '504 5.5.2'],
      ['client.example.org', '250 2.1.5'],
      ['_bad_.x', '250 2.1.5'],
      ['[10.77.0.1]', '250 2.1.5'],
    ] as const
  ).map(
    ([ehlo, reply]): SmtpCase => ({
      name: `EHLO ${ehlo}`,
      port: 'submissions',
      ehlo,
      login: true,
      witnesses: [],
      dialogue: [
        { client: 'MAIL FROM:<{me}>', reply: '250 2.1.0' },
        { client: 'RCPT TO:<{you}>', reply },
      ],
    }),
  ),
  {
    name: 'EHLO [127.0.0.1], as Delta Chat says it',
    port: 'submissions',
    ehlo: '[127.0.0.1]',
    login: true,
    witnesses: ['sender.accepts-address-literal'],
    dialogue: [
      { client: 'MAIL FROM:<{me}>', reply: '250 2.1.0' },
      { client: 'RCPT TO:<{you}>', reply: '250 2.1.5' },
    ],
  },
  {
    name: 'too much mail within a minute',
    port: 'submissions',
    login: true,
    witnesses: ['delivery.accepts-burst-of-ten', 'delivery.takes-several-messages'],
    dialogue: [
      {
        client: 'transaction encrypted',
        reply: '250',
        times: 61,
        differs: { by: 'relay 1.12', times: 10, why: burstOfTen },
      },
      { client: 'MAIL FROM:<{me}>', reply: '250 2.1.0' },
      tooMuch,
      { client: 'NOOP', reply: '250 2.0.0' },
      { client: 'RSET', reply: '250 2.0.0' },
      { client: 'MAIL FROM:<{me}>', reply: '250 2.1.0' },
      tooMuch,
      { client: '(connect and log in again)', reply: '235' },
      { client: 'MAIL FROM:<{me}>', reply: '250 2.1.0' },
      tooMuch,
      { client: 'RSET', reply: '250 2.0.0' },
      { client: 'MAIL FROM:<{ME}>', reply: '250 2.1.0' },
      {
        client: 'RCPT TO:<{you}>',
        reply: '250 2.1.5',
        differs: {
          by: 'relay 1.12',
          why: 'it folds the case of the sender before it counts',
          reply: '450 4.7.1',
          text: 'Too much mail from <',
        },
      },
    ],
  },
  {
    name: 'size declared by MAIL',
    port: 'submissions',
    login: true,
    witnesses: [],
    partly: ['delivery.accepts-offered-parameters'],
    dialogue: [
      { client: 'MAIL FROM:<{me}> SIZE=31457281', reply: '552 5.3.4' },
      { client: 'MAIL FROM:<{me}> SIZE=31457280', reply: '250 2.1.0' },
      { client: 'RSET', reply: '250 2.0.0' },
    ],
  },
  {
    name: 'a message of 31468081 octets',
    port: 'submissions',
    login: true,
    witnesses: [],
    dialogue: [
      { client: 'MAIL FROM:<{me}>', reply: '250 2.1.0' },
      { client: 'RCPT TO:<{you}>', reply: '250 2.1.5' },
      { client: 'DATA', reply: '354' },
      { client: 'message too large', reply: '552 5.3.4' },
    ],
  },
  {
    name: 'recipient 1001',
    port: 'submissions',
    login: true,
    witnesses: [],
    dialogue: [
      { client: 'MAIL FROM:<{me}>', reply: '250 2.1.0' },
      { client: 'RCPT TO:<{name:9}@{domain}>', reply: '250 2.1.5', times: 1000 },
      { client: 'RCPT TO:<{name:9}@{domain}>', reply: '452 4.5.3' },
    ],
  },
  {
    name: 'TLS 1.2 on 465',
    port: 'submissions',
    witnesses: [],
    dialogue: [{ client: '(TLS 1.2 handshake)', reply: 'closed' }],
  },
  {
    name: 'smtp by ALPN on 443',
    port: 'https',
    witnesses: [],
    ehlo: null,
    dialogue: [{ client: '(TLS handshake that offers smtp)', reply: '220' }],
  },
  {
    name: 'twenty-one bad commands',
    port: 'submissions',
    witnesses: [],
    dialogue: [
      { client: 'BOGUS', reply: '500 5.5.2', times: 20 },
      { client: 'BOGUS', reply: '421 4.7.0' },
      { client: '(wait)', reply: 'closed' },
    ],
  },
]
