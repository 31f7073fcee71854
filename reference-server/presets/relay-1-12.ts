// Relay services 1.12 (July 2026), the newest, with the filter in Rust: with a certificate of an authority, and with its own
// (which every reference server signs for a name that begins with _).
import { everyRelay } from './every-relay.ts'
import { noCompression, publishedSecret } from './relay-1-9.ts'
import type { Choice, Preset } from './types.ts'

const choices: readonly Choice[] = [
  ...everyRelay,
  noCompression,
  publishedSecret,
  {
    says: 'tells until when it takes no more mail, in the words of Rust',
    behaviour: {
      limits: {
        rateReply: '450 4.7.1: Too much mail from <{sender}>, rate limited until Instant { tv_sec: 86400, tv_nsec: 0 }',
      },
    },
  },
  {
    says: 'has 1,000 connections for submission, 200 of them for one client, and 10,000 for IMAP',
    behaviour: { limits: { connections: 1_000, connectionsPerClient: 200 }, imap: { limits: { connections: 10_000 } } },
  },
  {
    says: 'has a web server in front of /mxdeliv that takes 1 MiB and no more',
    behaviour: { inbound: { mxdeliv: { frontLimitBytes: 1_048_576 } } },
  },
  {
    says: 'asks for no encryption of mail to users it does not have, which tells strangers who exists',
    behaviour: { inbound: { clearForUnknown: true } },
  },
  {
    says: 'lists no versions of apps in its metadata yet',
    behaviour: { imap: { metadata: { overrides: { '/shared/vendor/deltachat/appversions': null } } } },
  },
]

export const relay112: Preset = {
  title: 'chatmail relay 1.12 (July 2026)',
  domain: 'chat.test',
  choices,
}

export const relay112SelfSigned: Preset = {
  title: 'chatmail relay 1.12 at a name that begins with _, which signs its own certificate',
  domain: '_chat.test',
  choices: [
    ...choices,
    {
      says: 'shows a login link on its page by a script of its own, which asks /new for it',
      behaviour: { web: { privateInvite: 'script' } },
    },
    {
      says: 'publishes no MTA-STS policy',
      behaviour: { zone: { mtaSts: null } },
    },
  ],
}
