// madmail 2.23 with the settings it comes with.
import type { GoldenVerdict } from './types.ts'

/** What its search for two words lets pass, of its users and of other servers. */
const passing = [
  'refuses-only-in-name',
  'refuses-cleartext-octet-stream',
  'refuses-second-part-text',
  'refuses-third-part',
  'refuses-nested-multipart',
  'refuses-html-with-encrypted-attachment',
  'refuses-version-with-text',
  'refuses-multipart-mixed',
  'refuses-swapped-parts',
  'refuses-version-2',
  'refuses-text-*',
  'refuses-*-in-armour',
  'refuses-garbage-*',
  'refuses-empty-payload',
  'refuses-public-key-block',
  'refuses-armour-header-*',
  'refuses-signed-only',
  'refuses-leading-literal',
  'refuses-trailing-packet',
  'refuses-pkesk-only',
  'refuses-truncated-packet',
  'refuses-sed-*',
  'refuses-gnupg-*',
] as const

const takenFrom = (area: string): readonly string[] => passing.map((rule) => `${area}/${rule}`)

export const madmail: readonly GoldenVerdict[] = [
  {
    verdict: 'fail',
    because: 'It looks for the words application/pgp-encrypted in the message, and at nothing that stands there.',
    checks: [...takenFrom('encryption'), ...takenFrom('inbound'), 'inbound/refuses-fakes-by-https'],
  },
  {
    verdict: 'fail',
    because: 'Of a securejoin request it wants the header, and a text that begins like one; the later steps pass, too.',
    checks: [
      'encryption/refuses-securejoin-more-body',
      'encryption/refuses-securejoin-later-step',
      'inbound/refuses-securejoin-more-body',
      'inbound/refuses-securejoin-later-step',
    ],
  },
  {
    verdict: 'fail',
    because:
      'Mail to a user that does not exist is taken and dropped; mail that cannot be sent is given up without a report.',
    checks: [
      'delivery/bounces-unknown-user',
      'delivery/bounces-unknown-domain',
      'federation/returns-refused-mail',
      'federation/honours-null-mx',
      'federation/gives-up-in-time',
      'federation/reports-to-other-servers',
    ],
  },
  {
    verdict: 'inconclusive',
    because: 'There is no report to look at.',
    checks: [
      'delivery/bounces-readably',
      'federation/says-why',
      'federation/spares-other-recipients',
      'federation/signs-bounces',
    ],
  },
  {
    verdict: 'fail',
    because: 'It has no code that changes the header of a message: all that a program writes there arrives.',
    checks: ['privacy/removes-*', 'privacy/replaces-subject', 'federation/replaces-subject'],
  },
  {
    verdict: 'fail',
    because: 'STARTTLS is offered on port 25 and not asked for.',
    checks: ['inbound/requires-starttls'],
  },
  {
    verdict: 'fail',
    because: 'It looks at no signatures, neither on port 25 nor at /mxdeliv.',
    checks: [
      'inbound/refuses-unsigned*',
      'inbound/refuses-changed-*',
      'inbound/refuses-*-key',
      'inbound/refuses-expired',
      'inbound/refuses-other-domain',
      'inbound/refuses-domain-*',
    ],
  },
  {
    verdict: 'fail',
    because: 'To other servers it takes TLS where it is offered, and believes any certificate.',
    checks: ['federation/requires-tls', 'federation/refuses-*'],
  },
  {
    verdict: 'fail',
    because: 'It signs nothing.',
    checks: ['federation/signs-mail', 'federation/signs-as-author', 'federation/signs-with-rsa'],
  },
  {
    verdict: 'fail',
    because: '/new takes POST and nothing else.',
    checks: ['onboarding/new-redirects-browsers'],
  },
  {
    verdict: 'fail',
    because: 'There is no EXPUNGE: what is marked goes when the mailbox is closed. UIDPLUS is announced all the same.',
    checks: ['imap/expunges-on-command', 'imap/expunges-by-uid'],
  },
  {
    verdict: 'unsupported',
    because: 'Setup messages are refused, even those to oneself.',
    checks: ['delivery/keeps-*'],
    except: [
      'delivery/keeps-bytes',
      'delivery/keeps-long-lines',
      'delivery/keeps-message-id',
      'delivery/keeps-date',
      'delivery/keeps-recipients-hidden',
      'delivery/keeps-headers',
      'delivery/keeps-part-headers',
    ],
  },
  {
    verdict: 'unsupported',
    because: 'The list of capabilities is short, and shown after the login only.',
    checks: [
      'imap/logs-in-with-non-synchronizing-literals',
      'imap/authenticates-plain',
      'imap/authenticates-plain-on-request',
      'imap/unselects-without-expunging',
      'imap/answers-id',
      'imap/shows-namespace',
      'imap/tells-changes-by-modseq',
    ],
  },
  {
    verdict: 'unsupported',
    because: 'The metadata holds what calls and realtime need, and no more.',
    checks: [
      'imap/tells-most-recipients',
      'imap/lists-app-versions',
      'imap/names-admin-by-uri',
      'limits/takes-promised-recipients',
    ],
  },
  {
    verdict: 'unsupported',
    because: 'Push is off until an operator turns it on.',
    checks: ['imap/keeps-device-token', 'imap/adds-device-tokens', 'imap/takes-device-token-as-literal', 'push/*'],
  },
  {
    verdict: 'unsupported',
    because: 'It deletes neither mail nor accounts of its own accord, and its operator declares so.',
    checks: ['retention/*'],
    except: [
      'retention/keeps-mail-until-then',
      'retention/keeps-backdated-mail',
      'retention/removes-oldest-first',
      'retention/spares-new-mail',
    ],
  },
  {
    verdict: 'fail',
    because: 'That mail goes by itself is promised by every chatmail server; nor does this one make room.',
    checks: ['retention/deletes-old-mail', 'retention/deletes-backdated-mail', 'retention/makes-room'],
  },
  {
    verdict: 'unsupported',
    because: 'It limits nobody to a number of messages.',
    checks: ['limits/defers-over-rate', 'limits/recovers-after-rate'],
  },
  {
    verdict: 'fail',
    because: 'It announces no MTA-STS, and shows its pages on port 80 and under www. as well.',
    checks: ['transport/publishes-mta-sts', 'transport/redirects-to-https', 'transport/redirects-www'],
  },
  {
    verdict: 'unsupported',
    because: 'Without the announcement there is no policy to look at.',
    checks: ['transport/serves-mta-sts-policy', 'transport/mta-sts-*'],
  },
  {
    verdict: 'unsupported',
    because: 'Port 443 is for the web alone, and autoconfig lists nothing else there.',
    checks: ['transport/serves-imap-on-443', 'transport/serves-smtp-on-443'],
  },
  {
    verdict: 'unsupported',
    because: 'Nobody learns of a key from mail without signatures.',
    checks: ['transport/publishes-sound-dkim-key'],
  },
]
