// Legitimate ways of delivery. Those with an empty list are differences that every check must pass.
import type { Variation } from './types.ts'

export const deliveryVariations = {
  'late-now-and-then': {
    title: 'delivers one message in ten late, and knows no rate limit',
    toleratedBy: ['delivery/arrives-under-a-second'],
    behaviour: { delivery: { delayMs: 1_100, delaysEvery: 10 }, limits: { perMinute: 0 } },
  },
  'appends-footer': {
    title: 'appends a line behind the last boundary, where no reader looks',
    toleratedBy: ['delivery/keeps-bytes'],
    behaviour: { delivery: { appendsFooter: '-- \r\ndelivered by chat.test' } },
  },
  'stock-dovecot-notify': {
    title: 'waits half a second before it notifies, as the Dovecot of Debian does',
    toleratedBy: ['delivery/notifies-at-once'],
    behaviour: { imap: { idle: { notifyDelayMs: 500 } } },
  },
  'returns-plus-addresses': {
    title: 'knows no plus addresses and returns such mail',
    toleratedBy: [],
    behaviour: { delivery: { plusAddresses: 'bounce' } },
  },
  'offers-few-extensions': {
    title: 'offers neither 8BITMIME, SMTPUTF8, DSN nor PIPELINING',
    toleratedBy: [],
    behaviour: { submission: { keywords: ['SIZE', 'STARTTLS', 'AUTH', 'ENHANCEDSTATUSCODES'] } },
  },
  'no-size-limit': {
    title: 'advertises SIZE without a number',
    toleratedBy: [],
    behaviour: { limits: { advertisedBytes: 0 } },
  },
} as const satisfies Record<string, Variation>
