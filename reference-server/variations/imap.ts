// Legitimate ways to speak IMAP that differ from the recorded relay.
import type { Variation } from './types.ts'

export const imapVariations = {
  'gives-uidnext-with-status-only': {
    title: 'gives no UIDNEXT with SELECT, but with STATUS',
    toleratedBy: ['imap/shows-uidnext'],
    behaviour: { imap: { select: { uidNext: 'absent' } } },
  },
  'limits-no-mailbox': {
    title: 'offers QUOTA, and tells a quota root that limits nothing',
    toleratedBy: [],
    behaviour: { imap: { quota: { answers: 'no-limit' } } },
  },
  'makes-mailboxes-below-inbox': {
    title: 'makes mailboxes below INBOX only, and tells so by NAMESPACE',
    toleratedBy: [],
    behaviour: { imap: { namespace: { personal: 'below-inbox' } } },
  },
  'hangs-up-on-unknown-imap-commands': {
    title: 'closes the connection at an unknown IMAP command',
    toleratedBy: ['imap/answers-unknown-command'],
    behaviour: { imap: { commands: { nonsense: 'disconnects' } } },
  },
  'says-bye-to-long-imap-lines': {
    title: 'says BYE to a command line that is too long, and closes',
    toleratedBy: [],
    behaviour: { imap: { limits: { tooLongLine: 'bye' } } },
  },
  'offers-no-metadata': {
    title: 'knows nothing of METADATA',
    toleratedBy: [],
    behaviour: {
      imap: { capabilities: { withheld: ['METADATA'] }, commands: { unknown: ['GETMETADATA', 'SETMETADATA'] } },
    },
  },
  'speaks-little-imap': {
    title: 'knows LOGIN only, few extensions, encrypted mail only in APPEND, and shows its capabilities after login',
    toleratedBy: [],
    behaviour: {
      imap: {
        capabilities: {
          preAuth: ['IMAP4rev1'],
          cleartext: ['IMAP4rev1', 'STARTTLS', 'LOGINDISABLED'],
          postAuth: ['IMAP4rev1', 'IDLE', 'UIDPLUS', 'MOVE', 'QUOTA', 'METADATA', 'XCHATMAIL'],
        },
        commands: { unknown: ['AUTHENTICATE', 'ID', 'ENABLE', 'NAMESPACE', 'COMPRESS', 'UNSELECT'] },
        append: { accepts: 'encrypted-only' },
        list: { precreated: ['DeltaChat'] },
        metadata: { missing: 'omitted', overrides: { '/shared/admin': null, '/shared/vendor/deltachat/turn': null } },
      },
    },
  },
} as const satisfies Record<string, Variation>
