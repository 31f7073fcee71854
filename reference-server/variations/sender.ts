// Legitimate ways to hold senders to their own address.
import type { Variation } from './types.ts'

export const senderVariations = {
  'judges-senders-early': {
    title: 'refuses strangers and foreign senders at MAIL, with the replies of madmail',
    behaviour: {
      submission: {
        policyAt: 'mail',
        envelopeReply: '553 5.7.0 Unauthorized use of sender address',
        headerFromReply: '554 5.6.0 From header does not match envelope sender',
        missingFromReply: '554 5.6.0 No From header',
      },
    },
    toleratedBy: [],
  },
  'takes-one-ehlo': {
    title: 'refuses a second EHLO, as OpenSMTPD does',
    behaviour: { submission: { acceptsSecondEhlo: false }, inbound: { session: { acceptsSecondEhlo: false } } },
    toleratedBy: [],
  },
  'offers-two-logins': {
    title: 'offers AUTH LOGIN beside PLAIN, and both work',
    behaviour: { submission: { mechanisms: ['PLAIN', 'LOGIN'], worksWith: ['PLAIN', 'LOGIN'] } },
    toleratedBy: [],
  },
  'refuses-doubtful-from': {
    title: 'refuses two From headers, groups and several mailboxes',
    behaviour: { submission: { twoFroms: 'refuse', headerFrom: 'single-mailbox' } },
    toleratedBy: [],
  },
} as const satisfies Record<string, Variation>
