// Defects about opening INBOX, UIDVALIDITY, UIDNEXT and UIDs.
import type { Defect } from '../types.ts'

export const imapSelectionDefects = {
  'cannot-open-inbox': {
    violates: 'imap.selects-inbox',
    title: 'answers SELECT with NO',
    alsoFails: ['onboarding/creates-account-on-first-imap-login'],
    behaviour: { imap: { commands: { refused: ['SELECT'] } } },
  },
  'selects-without-exists': {
    violates: 'imap.selects-inbox',
    title: 'opens INBOX without telling how many messages are in it',
    alsoFails: ['imap/shows-new-mail-at-select'],
    behaviour: { imap: { select: { exists: 'absent' } } },
  },
  'knows-inbox-in-capitals-only': {
    violates: 'imap.selects-inbox-in-any-form',
    title: 'knows INBOX in capital letters only',
    behaviour: { imap: { select: { inboxName: 'upper-case-only' } } },
  },
  'selects-without-uidvalidity': {
    violates: 'imap.shows-uidvalidity',
    title: 'gives no UIDVALIDITY with SELECT',
    behaviour: { imap: { select: { uidValidity: 'absent' } } },
  },
  'gives-uidvalidity-zero': {
    violates: 'imap.shows-uidvalidity',
    title: 'gives 0 as UIDVALIDITY',
    behaviour: { imap: { uids: { uidValidity: 'zero' } } },
  },
  'never-tells-uidnext': {
    violates: 'imap.shows-uidnext',
    title: 'gives UIDNEXT neither with SELECT nor with STATUS',
    alsoFails: ['imap/advances-uidnext', 'imap/answers-status', 'imap/shows-new-mail-at-select'],
    behaviour: { imap: { select: { uidNext: 'absent' }, status: { uidNext: 'absent' } } },
  },
  'changes-uidvalidity-by-session': {
    violates: 'imap.keeps-uidvalidity',
    title: 'gives each session another UIDVALIDITY',
    behaviour: { imap: { uids: { uidValidity: 'per-session' } } },
  },
  'changes-uidvalidity-by-select': {
    violates: 'imap.keeps-uidvalidity',
    title: 'gives each SELECT another UIDVALIDITY',
    behaviour: { imap: { uids: { uidValidity: 'per-select' } } },
  },
  'numbers-uids-anew': {
    violates: 'imap.keeps-uids',
    title: 'takes sequence numbers for UIDs',
    alsoFails: [
      'imap/appends-with-uid',
      'imap/expunges-by-uid',
      'imap/expunges-on-close',
      'imap/expunges-on-command',
      'imap/moves-messages',
      'imap/never-reuses-uids',
      'imap/searches-by-flag',
      'retention/removes-oldest-first',
    ],
    behaviour: { imap: { uids: { values: 'renumbered' } } },
  },
  'uidnext-stands-still': {
    violates: 'imap.advances-uidnext',
    title: 'gives 1 as UIDNEXT for ever',
    alsoFails: ['imap/shows-new-mail-at-select'],
    behaviour: { imap: { uids: { uidNext: 'stuck' } } },
  },
  'uidnext-lags-behind': {
    violates: 'imap.advances-uidnext',
    title: 'gives the highest UID as UIDNEXT',
    behaviour: { imap: { uids: { uidNext: 'behind' } } },
  },
  'reuses-uids': {
    violates: 'imap.never-reuses-uids',
    title: 'gives the UID of the last message again once that is gone',
    behaviour: { imap: { storage: { uidReuse: 'after-expunge' } } },
  },
} as const satisfies Record<string, Defect>
