// Forged and unusual senders: encrypted messages that are right but for their From field. For the checks of the area
// sender; forged envelopes are made by the option `envelopeFrom`.
import { addressesOf, addressOf, type Mail, type Mailer, type Parties, type Party, type Sample } from './mail.ts'

export const foreignSender = 'someone@example.org'

export const forgeries = {
  'other-local-user': forgery('From is another user of the host', 'refused', 'must', (_own, other) => [`<${other}>`]),
  'foreign-domain': forgery('From is somebody of another domain', 'refused', 'must', () => [`<${foreignSender}>`]),
  'no-from': forgery('there is no From field', 'refused', 'must', () => []),
  'no-address': forgery('From has a name and no address', 'refused', 'should', () => ['Alice Example']),
  'display-name-own': forgery(
    "the name is the own address, the address somebody else's",
    'refused',
    'must',
    (own, other) => [`"${own}" <${other}>`],
  ),
  'comment-own': forgery(
    "a comment holds the own address, the address is somebody else's",
    'refused',
    'must',
    (own, other) => [`(${own}) <${other}>`],
  ),
  'first-from-foreign': forgery('two From fields, the first one foreign', 'refused', 'must', (own) => [
    `<${foreignSender}>`,
    `<${own}>`,
  ]),
  'first-mailbox-foreign': forgery(
    'one From field with two mailboxes, the first one foreign',
    'refused',
    'should',
    (own) => [`<${foreignSender}>, <${own}>`],
  ),
  'sender-own': forgery(
    'From is somebody else, Sender is oneself',
    'refused',
    'must',
    (_own, other) => [`<${other}>`],
    true,
  ),
  'display-name': forgery('an ordinary name before the own address', 'accepted', 'should', (own) => [
    `"Alice" <${own}>`,
  ]),
  'upper-case': forgery('the own address in capitals', 'accepted', 'should', (own) => [`<${own.toUpperCase()}>`]),
  'display-name-other': forgery(
    "the name is somebody else's address, the address is right",
    'observed',
    'may',
    (own, other) => [`"${other}" <${own}>`],
  ),
  'second-from-foreign': forgery('two From fields, the second one foreign', 'observed', 'may', (own) => [
    `<${own}>`,
    `<${foreignSender}>`,
  ]),
  'second-mailbox-foreign': forgery(
    'one From field with two mailboxes, the second one foreign',
    'observed',
    'may',
    (own) => [`<${own}>, <${foreignSender}>`],
  ),
  'group-own': forgery('the own address within a group', 'observed', 'may', (own) => [`Friends: <${own}>;`]),
  'group-other': forgery("somebody else's address within a group", 'observed', 'may', (_own, other) => [
    `Friends: <${other}>;`,
  ]),
  subaddress: forgery('a subaddress of the own address', 'observed', 'may', (own) => [
    `<${own.replace('@', '+tag@')}>`,
  ]),
} as const satisfies Record<string, Forgery>

export type ForgeryId = keyof typeof forgeries

export type Forgery = Omit<Sample, 'id'>

/** `other` is whom it claims to be where it claims to be a user of the host: the first recipient unless told. */
export function forge(mail: Mailer, id: ForgeryId, from: Party, to: Parties, other?: Party): Promise<Mail> {
  return mail.sample({ ...forgeries[id], id }, from, to, other === undefined ? {} : { other })
}

function forgery(
  why: string,
  expect: Sample['expect'],
  level: 'must' | 'should' | 'may',
  lines: (own: string, other: string) => readonly string[],
  sender = false,
): Forgery {
  return {
    why,
    expect,
    level,
    build(mail, from, to, options) {
      const own = addressOf(from)
      const other = options.other === undefined ? (addressesOf(to)[0] ?? foreignSender) : addressOf(options.other)
      const headers = { From: lines(own, other), ...(sender ? { Sender: `<${own}>` } : {}) }
      return mail.encrypted(from, to, { headers })
    },
  }
}
