// The relay of February 2025, between 1.5 and 1.6, before it refused cleartext between its own users.
import { everyRelay } from './every-relay.ts'
import { pythonFilter } from './python-filter.ts'
import { fillsUp } from './relay-1-9.ts'
import { bothWays, type Preset } from './types.ts'

/** For mail without any signature, too. */
const noneValid = '554 5.7.1 No valid DKIM signature found'

export const relay2025: Preset = {
  title: 'chatmail relay of February 2025, before 1.6',
  domain: 'chat.test',
  choices: [
    ...everyRelay,
    ...pythonFilter,
    {
      says: 'lets cleartext pass to oneself and to users of the same relay (until 1.6)',
      behaviour: {
        encryption: { exempt: ['self', 'local'], reply: '500 Invalid unencrypted mail to <{recipient}>' },
      },
    },
    {
      says: 'does not know partial lengths of packets (until 1.7)',
      behaviour: bothWays({ allowsPartialLengths: false }),
    },
    {
      says: 'has no TURN server (until 1.8)',
      behaviour: { calls: { announcesTurn: false, turn: 'off' } },
    },
    {
      says: 'gives each user 100 MB (until 1.10)',
      behaviour: { imap: { quota: { limitKib: 102_400 } } },
    },
    {
      says: 'keeps large messages as long as others (until 1.7), and counts full days',
      behaviour: { retention: { largeDays: 0, ageIn: 'whole-days' } },
    },
    {
      says: 'never forgets a device token (until 1.7)',
      behaviour: { push: { tokenDays: 0 } },
    },
    {
      says: 'has no /ping for apps that look for the nearest realtime relay',
      behaviour: { calls: { iroh: { pingStatus: 404 } } },
    },
    {
      says: 'counts the age of mail in full days, so that it goes a day later',
      behaviour: { retention: { ageIn: 'whole-days' } },
    },
    fillsUp,
    {
      says: 'shows pages over TLS 1.0 and 1.1, too',
      behaviour: { tls: { webFrom: 'TLSv1' } },
    },
    {
      says: 'takes mail from other servers without STARTTLS, or with TLS 1.0 and 1.1, as Postfix does by default (until 1.8)',
      behaviour: {
        inbound: { session: { requiresTls: false } },
        tls: { relayFrom: 'TLSv1', securityLevel: { relay: 0 } },
      },
    },
    {
      says: 'takes mail in clear from other servers, if only it is signed (until 1.6)',
      behaviour: { inbound: { encryption: { enforced: false }, dkim: { replies: { unsigned: noneValid } } } },
    },
  ],
}
