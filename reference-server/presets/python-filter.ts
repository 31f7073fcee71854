// What the relays with the filter in Python have in common: until 1.9, and with them the relay of February 2025.
import { bothWays, type Choice } from './types.ts'

export const pythonFilter: readonly Choice[] = [
  {
    says: 'quotes addresses in its replies as Python writes strings',
    behaviour: {
      submission: {
        headerFromReply: "500 Invalid FROM <'{header}'> for <'{sender}'>",
        missingFromReply: "500 Error: (AttributeError) 'NoneType' object has no attribute 'strip'",
      },
    },
  },
  {
    says: 'takes 61 messages within any minute at once, counts the sender as written, and knows no burst',
    behaviour: {
      limits: {
        rateMeter: 'window',
        rateKey: 'sender-as-written',
        rateReply: '450 4.7.1: Too much mail from {sender}',
      },
    },
  },
  {
    says: 'demands an empty line behind the BEGIN line of the armour, and takes off no transfer encoding',
    behaviour: bothWays({ requiresEmptyLineAfterBegin: true, decodesTransferEncoding: false }),
  },
  {
    says: 'knows only packets of the new format',
    behaviour: bothWays({ allowsLegacyFormat: false }),
  },
  {
    says: 'shows the number of its accounts at /metrics (until 1.10)',
    behaviour: { privacy: { metrics: true } },
  },
  {
    says: 'shows a comment and root as its administrator in the metadata, neither limits nor versions of apps',
    behaviour: {
      imap: {
        metadata: {
          overrides: {
            '/shared/comment': 'Chatmail server',
            '/shared/admin': 'mailto:root@{domain}',
            '/shared/vendor/deltachat/maxsmtprecipients': null,
            '/shared/vendor/deltachat/appversions': null,
          },
        },
      },
    },
  },
  {
    says: 'cleans the headers of parts as it does those of the message (until 1.12)',
    behaviour: { delivery: { cleansPartHeaders: 'parts' } },
  },
  {
    says: 'sends mail to other servers by SMTP only (until 1.11), and gives it up after five days (until 1.12)',
    behaviour: { outbound: { queue: { lifetimeDays: 5 }, transport: { https: 'never' } } },
  },
  {
    says: 'makes no room in a mailbox that fills up (until 1.10)',
    behaviour: { retention: { roomAbovePercent: 0 } },
  },
  {
    says: 'signs no bounces (until 1.11)',
    behaviour: { dkim: { signsBounces: false } },
  },
  {
    says: 'takes mail from other servers by SMTP only, and leaves their Received fields in it (until 1.10)',
    behaviour: {
      inbound: {
        mxdeliv: { served: false },
        removesHeaders: ['dkim-signature', 'authentication-results', 'return-path', 'delivered-to'],
      },
    },
  },
]
