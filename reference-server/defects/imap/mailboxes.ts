// Defects about mailboxes, APPEND, STATUS and SEARCH.
import type { Defect } from '../types.ts'

export const imapMailboxDefects = {
  'lists-no-inbox': {
    violates: 'imap.lists-inbox',
    title: 'leaves INBOX out of the list',
    behaviour: { imap: { list: { inbox: 'missing' } } },
  },
  'refuses-create': {
    violates: 'imap.makes-mailboxes',
    title: 'answers CREATE with NO',
    behaviour: { imap: { commands: { refused: ['CREATE'] } } },
  },
  'renames-nothing': {
    violates: 'imap.makes-mailboxes',
    title: 'says OK to RENAME and does nothing',
    behaviour: { imap: { commands: { ignored: ['RENAME'] } } },
  },
  'deletes-no-mailbox': {
    violates: 'imap.makes-mailboxes',
    title: 'says OK to DELETE and does nothing',
    behaviour: { imap: { commands: { ignored: ['DELETE'] } } },
  },
  'status-counts-no-messages': {
    violates: 'imap.answers-status',
    title: 'gives 0 as MESSAGES with STATUS',
    behaviour: { imap: { status: { messages: 'zero' } } },
  },
  'status-counts-nothing-unseen': {
    violates: 'imap.answers-status',
    title: 'gives 0 as UNSEEN with STATUS',
    behaviour: { imap: { status: { unseen: 'zero' } } },
  },
  'status-uidnext-stands-still': {
    violates: 'imap.answers-status',
    title: 'gives 1 as UIDNEXT with STATUS for ever',
    behaviour: { imap: { status: { uidNext: 'stuck' } } },
  },
  'refuses-status': {
    violates: 'imap.answers-status',
    title: 'answers STATUS with NO',
    behaviour: { imap: { commands: { refused: ['STATUS'] } } },
  },
  'appends-without-uid': {
    violates: 'imap.appends-with-uid',
    title: 'lists UIDPLUS and gives no APPENDUID',
    behaviour: { imap: { append: { appendUid: 'absent' } } },
  },
  'appends-with-wrong-uid': {
    violates: 'imap.appends-with-uid',
    title: 'gives the UID of another message with APPENDUID',
    behaviour: { imap: { append: { appendUid: 'wrong' } } },
  },
  'forgets-append-date': {
    violates: 'imap.keeps-append-date',
    title: 'takes the time of APPEND for INTERNALDATE',
    behaviour: { imap: { append: { date: 'dropped' } } },
  },
  'dates-mail-now': {
    violates: 'imap.keeps-append-date',
    title: 'gives the time of FETCH as INTERNALDATE',
    behaviour: { imap: { fetch: { internalDate: 'now' } } },
  },
  'forgets-append-flags': {
    violates: 'imap.keeps-append-flags',
    title: 'forgets the flags given with APPEND',
    alsoFails: ['imap/copies-messages'],
    behaviour: { imap: { append: { flags: 'dropped' } } },
  },
  'search-finds-nothing': {
    violates: 'imap.searches-by-message-id',
    title: 'finds nothing by SEARCH',
    alsoFails: ['imap/searches-by-flag'],
    behaviour: { imap: { search: { finds: 'nothing' } } },
  },
  'search-finds-everything': {
    violates: 'imap.searches-by-message-id',
    title: 'finds everything by SEARCH',
    alsoFails: ['imap/searches-by-flag'],
    behaviour: { imap: { search: { finds: 'everything' } } },
  },
  'uid-search-gives-numbers': {
    violates: 'imap.searches-by-flag',
    title: 'gives sequence numbers for UID SEARCH',
    behaviour: { imap: { search: { numbers: 'always-sequence' } } },
  },
} as const satisfies Record<string, Defect>
