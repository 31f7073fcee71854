// Defects about FETCH.
import type { Defect } from '../types.ts'

export const imapFetchDefects = {
  'fetches-without-size': {
    violates: 'imap.prefetches-headers',
    title: 'leaves RFC822.SIZE out',
    behaviour: { imap: { fetch: { size: 'absent' } } },
  },
  'counts-size-without-cr': {
    violates: 'imap.prefetches-headers',
    title: 'counts a line end as one octet in RFC822.SIZE',
    behaviour: { imap: { fetch: { size: 'without-cr' } } },
  },
  'gives-size-zero': {
    violates: 'imap.prefetches-headers',
    title: 'gives 0 as RFC822.SIZE',
    behaviour: { imap: { fetch: { size: 'zero' } } },
  },
  'cuts-folded-header-fields': {
    violates: 'imap.prefetches-headers',
    title: 'gives of folded header fields the first line alone',
    behaviour: { imap: { fetch: { headerFields: 'first-lines' } } },
  },
  'gives-all-header-fields': {
    violates: 'imap.returns-asked-header-fields',
    title: 'gives the whole header whatever fields are asked for',
    behaviour: { imap: { fetch: { headerFields: 'all' } } },
  },
  'gives-no-header-fields': {
    violates: 'imap.returns-asked-header-fields',
    title: 'gives no header field at all',
    alsoFails: ['imap/prefetches-headers'],
    behaviour: { imap: { fetch: { headerFields: 'none' } } },
  },
  'tells-case-of-header-fields-apart': {
    violates: 'imap.returns-asked-header-fields',
    title: 'finds header fields only in the case in which they are written',
    alsoFails: ['imap/prefetches-headers'],
    behaviour: { imap: { fetch: { headerFields: 'case-sensitive' } } },
  },
  'forgets-empty-line-of-header': {
    violates: 'imap.returns-asked-header-fields',
    title: 'leaves the empty line after the header out',
    behaviour: { imap: { fetch: { headerFields: 'no-blank-line' } } },
  },
  'fetches-bare-lf': {
    violates: 'imap.returns-exact-bytes',
    title: 'gives messages back with LF as line end',
    alsoFails: [
      'delivery/delivers-message-of-1-mb',
      'delivery/delivers-message-of-5-mb',
      'delivery/keeps-lone-dots',
      'delivery/keeps-leading-dots',
      'delivery/keeps-8-bit-text',
      'delivery/keeps-blank-lines',
      'delivery/keeps-bytes',
      'delivery/keeps-control-characters',
      'delivery/keeps-from-lines',
      'delivery/keeps-long-lines',
      'delivery/keeps-text-like-headers',
      'delivery/keeps-text-line-of-998',
      'delivery/keeps-trailing-spaces',
      'imap/returns-asked-header-fields',
    ],
    behaviour: { imap: { fetch: { body: 'bare-lf' } } },
  },
  'adds-line-to-fetched-mail': {
    violates: 'imap.returns-exact-bytes',
    title: 'puts an empty line behind each message',
    behaviour: { imap: { fetch: { body: 'extra-crlf' } } },
  },
  'miscounts-literals': {
    violates: 'imap.returns-exact-bytes',
    title: 'announces literals one octet too short',
    alsoFails: [
      'imap/folds-login-case',
      'imap/keeps-uids',
      'imap/marks-fetched-mail-seen',
      'imap/prefetches-headers',
      'imap/returns-asked-header-fields',
    ],
    behaviour: { imap: { fetch: { literalLength: 'one-short' } } },
  },
  'fetches-without-flags': {
    violates: 'imap.returns-exact-bytes',
    title: 'leaves FLAGS out',
    alsoFails: [
      'imap/copies-messages',
      'imap/keeps-append-flags',
      'imap/keeps-flags',
      'imap/keeps-keywords',
      'imap/marks-fetched-mail-seen',
    ],
    behaviour: { imap: { fetch: { flags: 'absent' } } },
  },
  'stores-appended-mail-with-lf': {
    violates: 'imap.returns-exact-bytes',
    title: 'stores what APPEND brings with LF as line end',
    alsoFails: ['imap/prefetches-headers', 'imap/returns-asked-header-fields'],
    behaviour: { imap: { append: { body: 'bare-lf' } } },
  },
  'fetches-first-range-only': {
    violates: 'imap.fetches-uid-sets',
    title: 'looks at the first range of a set only',
    alsoFails: ['imap/expunges-by-uid', 'imap/expunges-on-close', 'imap/expunges-on-command', 'imap/moves-messages'],
    behaviour: { imap: { fetch: { ranges: 'first-only' } } },
  },
  'fetches-first-message-only': {
    violates: 'imap.fetches-uid-sets',
    title: 'gives the first message of a set only',
    alsoFails: ['imap/expunges-by-uid', 'imap/expunges-on-command', 'retention/keeps-accounts-in-use'],
    behaviour: { imap: { fetch: { replies: 'first-only' } } },
  },
  'refuses-missing-uids': {
    violates: 'imap.fetches-uid-sets',
    title: 'refuses UID FETCH when no message has such a UID',
    behaviour: { imap: { fetch: { missingUids: 'refused' } } },
  },
  'peeking-marks-seen': {
    violates: 'imap.peeks-without-marking-seen',
    title: 'marks a message \\\\Seen at BODY.PEEK[]',
    alsoFails: ['delivery/delivers-unread'],
    behaviour: { imap: { fetch: { peek: 'sets-seen' } } },
  },
  'fetching-leaves-unseen': {
    violates: 'imap.marks-fetched-mail-seen',
    title: 'does not mark a message \\\\Seen at BODY[]',
    behaviour: { imap: { fetch: { bodySetsSeen: false } } },
  },
  'ignores-partial-fetch': {
    violates: 'imap.fetches-partially',
    title: 'gives the whole message when a part is asked for',
    behaviour: { imap: { fetch: { partial: 'ignored' } } },
  },
  'describes-all-as-text': {
    violates: 'imap.describes-structure',
    title: 'describes every message as plain text',
    behaviour: { imap: { fetch: { bodyStructure: 'always-text' } } },
  },
  'describes-a-part-too-many': {
    violates: 'imap.describes-structure',
    title: 'takes what follows the last boundary for one more part',
    behaviour: { imap: { fetch: { bodyStructure: 'extra-part' } } },
  },
  'refuses-bodystructure': {
    violates: 'imap.describes-structure',
    title: 'refuses BODYSTRUCTURE',
    behaviour: { imap: { fetch: { bodyStructure: 'refused' } } },
  },
  'gives-empty-envelope': {
    violates: 'imap.gives-envelope',
    title: 'gives NIL as ENVELOPE',
    behaviour: { imap: { fetch: { envelope: 'nil' } } },
  },
} as const satisfies Record<string, Defect>
