// What a chatmail relay (relay services 1.9 behind Postfix 3.7.11) answered to senders, recipients and messages on 465.
import type { Difference, SmtpCase, Step } from './types.ts'

interface Rest extends Partial<Pick<SmtpCase, 'witnesses' | 'partly'>>, Pick<Step, 'text' | 'differs'> {
  readonly from?: string
  readonly to?: string
}

/** Clients and other servers look for these words. */
const encryptionNeeded = 'Encryption Needed: Invalid Unencrypted Mail'

const otherQuotes = (text: string): Difference => ({ by: 'relay 1.12', why: 'it is no longer written in Python', text })

/** The dialogue of one message; the session goes on behind it. */
function message(name: string, sample: string, reply: string, rest: Rest): SmtpCase {
  const { to = '{you}', from = '{me}', witnesses = [], partly, differs } = rest
  const text = rest.text ?? (reply === '523' ? encryptionNeeded : undefined)
  return {
    name,
    port: 'submissions',
    login: true,
    witnesses,
    ...(partly === undefined ? {} : { partly }),
    dialogue: [
      { client: `MAIL FROM:<${from}>`, reply: '250 2.1.0' },
      { client: `RCPT TO:<${to}>`, reply: '250 2.1.5' },
      { client: 'DATA', reply: '354' },
      {
        client: `message ${sample}`,
        reply,
        ...(text === undefined ? {} : { text }),
        ...(differs === undefined ? {} : { differs }),
      },
      { client: 'NOOP', reply: '250 2.0.0' },
    ],
  }
}

/** A transaction that ends at RCPT. */
function envelope(
  name: string,
  from: string,
  to: string,
  reply: string,
  witnesses: SmtpCase['witnesses'] = [],
): SmtpCase {
  return {
    name,
    port: 'submissions',
    login: true,
    witnesses,
    dialogue: [
      { client: `MAIL FROM:<${from}>`, reply: '250 2.1.0' },
      { client: `RCPT TO:<${to}>`, reply },
      { client: 'NOOP', reply: '250 2.0.0' },
    ],
  }
}

export const filter: readonly SmtpCase[] = [
  message('encrypted message', 'encrypted', '250', { partly: ['encryption.accepts-older-keys'] }),
  message('encrypted message to user+x', 'encrypted', '250', { to: '{you+}' }),
  message('cleartext', 'cleartext', '523', {
    witnesses: ['encryption.refuses-cleartext', 'encryption.refuses-for-good'],
  }),
  message('read receipt', 'read-receipt', '523', { witnesses: ['encryption.refuses-read-receipts'] }),
  message('literal packet in armour', 'literal-in-armour', '523', { partly: ['encryption.refuses-readable-packets'] }),
  message('armour in text/plain', 'armour-in-text-plain', '523', { witnesses: ['encryption.refuses-inline-pgp'] }),
  message('first securejoin request', 'securejoin-vc-request', '250', {
    partly: ['encryption.accepts-securejoin-request'],
  }),
  message('securejoin header over other text', 'securejoin-other-body', '523', {
    partly: ['encryption.refuses-fake-securejoin'],
  }),
  message('Autocrypt Setup Message to somebody', 'setup-message-to-others', '523', {
    witnesses: ['encryption.refuses-setup-messages-to-others'],
  }),
  message('Autocrypt Setup Message to oneself', 'setup-message-to-self', '250', {
    to: '{me}',
    witnesses: ['encryption.setup-message-to-oneself'],
    partly: ['delivery.delivers-to-self'],
  }),

  message('From of another user', 'other-local-user', '500', {
    text: "Invalid FROM <'{you}'> for <'{me}'>",
    differs: otherQuotes('Invalid FROM <{you}> for <{me}>'),
    witnesses: ['sender.from-is-own'],
  }),
  message('From of somebody elsewhere', 'foreign-domain', '500', {
    text: "Invalid FROM <'someone@example.org'> for <'{me}'>",
    differs: otherQuotes('Invalid FROM <someone@example.org> for <{me}>'),
    witnesses: ['sender.from-is-own'],
  }),
  message('no From', 'no-from', '500', {
    text: 'Error: (AttributeError)',
    differs: otherQuotes('Invalid FROM header'),
    witnesses: ['sender.requires-from'],
  }),
  message('name before the own address in From', 'display-name', '250', { partly: ['sender.accepts-own-from'] }),
  message('envelope sender in capitals', 'encrypted', '250', { from: '{ME}' }),
  envelope('envelope of another user', '{you}', '{you}', '553 5.7.1', ['sender.envelope-is-login']),
  envelope('envelope of somebody elsewhere', 'someone@example.org', '{you}', '553 5.7.1', ['sender.envelope-is-login']),
  envelope('null sender', '', '{you}', '500', ['sender.refuses-null-sender']),

  message('recipient who does not exist', 'encrypted', '250', { to: '{name:9}@{domain}' }),
  message('recipient at a domain that does not exist', 'encrypted', '250', { to: 'x@{nowhere}' }),
  envelope('recipient that is no address', '{me}', 'foo bar@x', '501 5.1.3'),
]
