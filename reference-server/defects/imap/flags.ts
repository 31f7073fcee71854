// Defects about flags, deletion, moving and copying.
import type { Defect } from '../types.ts'

export const imapFlagDefects = {
  'forgets-flags': {
    violates: 'imap.keeps-flags',
    title: 'tells of a changed flag and does not keep it',
    alsoFails: [
      'imap/expunges-by-uid',
      'imap/expunges-on-close',
      'imap/expunges-on-command',
      'imap/keeps-keywords',
      'imap/marks-fetched-mail-seen',
      'imap/searches-by-flag',
      'imap/tells-changes-by-modseq',
      'imap/tells-expunges-to-other-sessions',
      'imap/tells-flags-to-other-sessions',
    ],
    behaviour: { imap: { storage: { flagChanges: 'lost' } } },
  },
  'refuses-flags': {
    violates: 'imap.keeps-flags',
    title: 'answers STORE +FLAGS with NO',
    alsoFails: ['imap/expunges-on-close', 'imap/keeps-keywords'],
    behaviour: { imap: { store: { adds: 'refused' } } },
  },
  'fetches-no-flags': {
    violates: 'imap.keeps-flags',
    title: 'gives an empty list of flags',
    alsoFails: [
      'imap/copies-messages',
      'imap/keeps-append-flags',
      'imap/keeps-keywords',
      'imap/marks-fetched-mail-seen',
    ],
    behaviour: { imap: { fetch: { flags: 'none' } } },
  },
  'replaces-flags': {
    violates: 'imap.adds-flags-to-others',
    title: 'takes +FLAGS for FLAGS',
    behaviour: { imap: { store: { adds: 'replaces' } } },
  },
  'never-removes-flags': {
    violates: 'imap.removes-flags',
    title: 'says OK to -FLAGS and does nothing',
    behaviour: { imap: { store: { removes: 'ignored' } } },
  },
  'drops-keywords': {
    violates: 'imap.keeps-keywords',
    title: 'says that keywords may be made and drops them',
    behaviour: { imap: { store: { keywords: 'dropped' } } },
  },
  'refuses-keywords': {
    violates: 'imap.keeps-keywords',
    title: 'says that keywords may be made and refuses them',
    behaviour: { imap: { store: { keywords: 'refused' } } },
  },
  'close-expunges-nothing': {
    violates: 'imap.expunges-on-close',
    title: 'removes nothing at CLOSE',
    alsoFails: ['imap/tells-expunges-to-other-sessions'],
    behaviour: { imap: { close: { expunges: false } } },
  },
  'expunged-mail-comes-back': {
    violates: 'imap.expunges-on-close',
    title: 'shows removed messages to the next session again',
    alsoFails: [
      'imap/expunges-by-uid',
      'imap/expunges-on-command',
      'imap/moves-messages',
      'retention/deletes-old-mail',
      'retention/deletes-large-mail-sooner',
      'retention/deletes-backdated-mail',
      'retention/deletes-backdated-large-mail-sooner',
      'retention/makes-room',
    ],
    behaviour: { imap: { storage: { expunged: 'kept' } } },
  },
  'drops-deleted-flag': {
    violates: 'imap.expunges-on-close',
    title: 'does not keep \\\\Deleted',
    alsoFails: ['imap/expunges-by-uid', 'imap/expunges-on-command', 'imap/tells-expunges-to-other-sessions'],
    behaviour: { imap: { store: { deleted: 'dropped' } } },
  },
  'expunges-nothing': {
    violates: 'imap.expunges-on-command',
    title: 'says OK to EXPUNGE and removes nothing',
    alsoFails: ['imap/expunges-by-uid'],
    behaviour: { imap: { expunge: { removes: 'nothing' } } },
  },
  'expunges-everything': {
    violates: 'imap.expunges-on-command',
    title: 'removes all messages at EXPUNGE',
    behaviour: { imap: { expunge: { removes: 'everything' } } },
  },
  'expunges-in-silence': {
    violates: 'imap.expunges-on-command',
    title: 'does not tell what EXPUNGE removed',
    behaviour: { imap: { expunge: { announces: false } } },
  },
  'misnumbers-expunged-mail': {
    violates: 'imap.expunges-on-command',
    title: 'tells removed messages by numbers of before the first one',
    alsoFails: ['imap/tells-expunges-to-other-sessions'],
    behaviour: { imap: { expunge: { numbers: 'unadjusted' } } },
  },
  'uid-expunge-ignores-uids': {
    violates: 'imap.expunges-by-uid',
    title: 'takes UID EXPUNGE for EXPUNGE',
    behaviour: { imap: { expunge: { set: 'ignored' } } },
  },
  'unselect-expunges': {
    violates: 'imap.unselects-without-expunging',
    title: 'takes UNSELECT for CLOSE',
    behaviour: { imap: { unselect: { expunges: true } } },
  },
  'move-leaves-message': {
    violates: 'imap.moves-messages',
    title: 'leaves a message where it was at MOVE',
    behaviour: { imap: { copy: { moveRemoves: false } } },
  },
  'tells-moves-twice': {
    violates: 'imap.moves-messages',
    title: 'tells twice of a moved message that it is gone',
    behaviour: { imap: { copy: { moveAnnounces: 'twice' } } },
  },
  'refuses-move': {
    violates: 'imap.moves-messages',
    title: 'lists MOVE and does not know it',
    behaviour: { imap: { commands: { unknown: ['UID MOVE'] } } },
  },
  'copies-nothing': {
    violates: 'imap.copies-messages',
    title: 'says OK to COPY and copies nothing',
    alsoFails: ['imap/moves-messages'],
    behaviour: { imap: { copy: { copies: false } } },
  },
  'copies-without-flags': {
    violates: 'imap.copies-messages',
    title: 'forgets the flags of what it copies',
    behaviour: { imap: { copy: { flags: 'dropped' } } },
  },
} as const satisfies Record<string, Defect>
