// Defects about METADATA and push tokens.
import type { Defect } from '../types.ts'

export const imapMetadataDefects = {
  'answers-first-metadata-key-only': {
    violates: 'imap.answers-core-metadata-request',
    title: 'answers the first of several metadata keys only',
    behaviour: { imap: { metadata: { keys: 'first-only' } } },
  },
  'lists-metadata-in-vain': {
    violates: 'imap.answers-core-metadata-request',
    title: 'lists METADATA and does not know GETMETADATA',
    behaviour: { imap: { commands: { unknown: ['GETMETADATA'] } } },
  },
  'refuses-unknown-metadata-keys': {
    violates: 'imap.tolerates-unknown-metadata-keys',
    title: 'refuses GETMETADATA for one key without a value',
    alsoFails: ['imap/answers-core-metadata-request'],
    behaviour: { imap: { metadata: { missing: 'refused' } } },
  },
  'names-iroh-relay-without-https': {
    violates: 'imap.names-iroh-relay',
    title: 'names its relay for realtime connections without https',
    behaviour: { imap: { metadata: { overrides: { '/shared/vendor/deltachat/irohrelay': 'chat.example:3340' } } } },
  },
  'turn-credentials-expired': {
    violates: 'imap.names-turn-server',
    title: 'gives call relay credentials that ran out long ago',
    alsoFails: ['calls/gives-fresh-credentials'],
    behaviour: {
      imap: { metadata: { overrides: { '/shared/vendor/deltachat/turn': 'chat.example:3478:1700000000:c2VjcmV0' } } },
    },
  },
  'turn-without-credentials': {
    violates: 'imap.names-turn-server',
    title: 'names a call relay without credentials',
    behaviour: { imap: { metadata: { overrides: { '/shared/vendor/deltachat/turn': 'chat.example:3478' } } } },
  },
  'allows-zero-recipients': {
    violates: 'imap.tells-most-recipients',
    title: 'gives 0 as most recipients of a message',
    behaviour: { imap: { metadata: { overrides: { '/shared/vendor/deltachat/maxsmtprecipients': '0' } } } },
  },
  'tells-most-recipients-in-words': {
    violates: 'imap.tells-most-recipients',
    title: 'gives words as most recipients of a message',
    behaviour: { imap: { metadata: { overrides: { '/shared/vendor/deltachat/maxsmtprecipients': 'unlimited' } } } },
  },
  'breaks-app-versions': {
    violates: 'imap.lists-app-versions',
    title: 'gives broken JSON as versions of apps',
    behaviour: { imap: { metadata: { overrides: { '/shared/vendor/deltachat/appversions': '{"clients":[{' } } } },
  },
  'lists-app-versions-in-another-form': {
    violates: 'imap.lists-app-versions',
    title: 'gives versions of apps in a form of its own',
    behaviour: { imap: { metadata: { overrides: { '/shared/vendor/deltachat/appversions': '{"android":"1.0"}' } } } },
  },
  'names-admin-without-scheme': {
    violates: 'imap.names-admin-by-uri',
    title: 'names its administrator by a bare address',
    behaviour: { imap: { metadata: { overrides: { '/shared/admin': 'root@chat.example' } } } },
  },
  'forgets-device-tokens': {
    violates: 'imap.keeps-device-token',
    title: 'says OK to a push token and forgets it',
    alsoFails: ['imap/takes-device-token-as-literal'],
    behaviour: { imap: { metadata: { tokens: 'forgotten' } } },
  },
  'keeps-device-tokens-for-session': {
    violates: 'imap.keeps-device-token',
    title: 'keeps a push token as long as the session that set it',
    alsoFails: ['imap/takes-device-token-as-literal'],
    behaviour: { imap: { metadata: { tokens: 'last-session-only' } } },
  },
  'replaces-device-tokens': {
    violates: 'imap.adds-device-tokens',
    title: 'keeps the last push token only',
    behaviour: { imap: { metadata: { tokens: 'replaced' } } },
  },
  'refuses-device-token-literals': {
    violates: 'imap.takes-device-token-as-literal',
    title: 'refuses a push token that comes as a literal',
    behaviour: { imap: { metadata: { literalTokens: 'refused' } } },
  },
  'drops-device-token-literals': {
    violates: 'imap.takes-device-token-as-literal',
    title: 'says OK to a push token that comes as a literal and drops it',
    behaviour: { imap: { metadata: { literalTokens: 'dropped' } } },
  },
} as const satisfies Record<string, Defect>
