// Defects of the clean-up: mail and accounts that stay too long, and those that go too soon.
import type { Defect } from './types.ts'

export const retentionDefects = {
  'keeps-mail-for-good': {
    violates: 'retention.deletes-old-mail',
    title: 'never deletes mail',
    behaviour: { retention: { messageDays: 0 } },
  },
  'keeps-mail-ten-days-longer': {
    violates: 'retention.deletes-old-mail',
    title: 'keeps mail ten days longer than its operator says',
    behaviour: { retention: { messageDays: 30 } },
  },
  'keeps-unread-mail': {
    violates: 'retention.deletes-unread-mail',
    title: 'deletes only mail that was read',
    behaviour: { retention: { removes: 'read' } },
  },
  'cleans-inbox-only': {
    violates: 'retention.deletes-mail-in-every-mailbox',
    title: 'deletes old mail in INBOX only',
    behaviour: { retention: { folders: 'inbox' } },
  },
  'deletes-mail-too-soon': {
    violates: 'retention.keeps-mail-until-then',
    title: 'deletes mail after ten days instead of twenty',
    behaviour: { retention: { messageDays: 10 } },
  },
  'deletes-mail-by-date-header': {
    violates: 'retention.keeps-mail-until-then',
    title: 'deletes mail by the Date that its sender wrote',
    alsoFails: [
      'retention/keeps-large-mail-until-then',
      'retention/keeps-backdated-large-mail',
      'retention/keeps-accounts-in-use',
    ],
    behaviour: { retention: { age: 'date-header' } },
  },
  'keeps-large-mail-as-long': {
    violates: 'retention.deletes-large-mail-sooner',
    title: 'keeps large mail as long as other mail',
    behaviour: { retention: { largeDays: 0 } },
  },
  'deletes-large-mail-too-soon': {
    violates: 'retention.keeps-large-mail-until-then',
    title: 'deletes large mail after a day',
    behaviour: { retention: { largeDays: 1 } },
  },
  'takes-all-mail-for-large': {
    violates: 'retention.keeps-mail-until-then',
    title: 'deletes all mail as soon as large mail',
    behaviour: { retention: { largeBytes: 0 } },
  },
  'makes-no-room': {
    violates: 'retention.makes-room',
    title: 'lets mailboxes fill up',
    cost: 'bulk',
    behaviour: { retention: { roomAbovePercent: 0 } },
  },
  'makes-room-by-newest-mail': {
    violates: 'retention.removes-oldest-first',
    title: 'deletes the newest mail to make room',
    cost: 'bulk',
    behaviour: { retention: { roomTakes: 'newest' } },
  },
  'makes-room-by-mail-of-today': {
    violates: 'retention.spares-new-mail',
    title: 'deletes mail that has just come to make room',
    cost: 'bulk',
    behaviour: { retention: { roomSparesHours: 0 } },
  },
  'keeps-idle-accounts': {
    violates: 'retention.removes-idle-accounts',
    title: 'never removes accounts',
    behaviour: { retention: { accountDays: 0 } },
  },
  'removes-accounts-in-use': {
    violates: 'retention.keeps-accounts-in-use',
    title: 'counts no login, and removes accounts in use',
    behaviour: { retention: { loginCountsOver: [] } },
  },
  'leaves-mail-to-next-owner': {
    violates: 'retention.removes-mail-with-account',
    title: 'removes the password of an idle account and keeps its mail',
    behaviour: { retention: { removedAccount: 'mail-kept' } },
  },
} as const satisfies Record<string, Defect>
