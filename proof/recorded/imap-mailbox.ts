// IMAP after login as recorded from a chatmail relay (relay services 1.9, Dovecot 2.3.19.1): mail, mailboxes, metadata.
import type { ImapCase } from './types.ts'

const token = '/private/devicetoken'
const vendor = '/shared/vendor/deltachat'

export const imapMailbox: readonly ImapCase[] = [
  {
    name: 'a message comes during IDLE, is read, moved and removed',
    port: 'imaps',
    login: 'selected',
    witnesses: [
      'imap.idles',
      'imap.notifies-while-idle',
      'imap.returns-asked-header-fields',
      'delivery.delivers-unread',
      'delivery.stamps-arrival-time',
      'delivery.keeps-message-id',
      'imap.answers-status',
      'imap.moves-messages',
      'imap.expunges-on-command',
    ],
    partly: [
      'imap.prefetches-headers',
      'imap.peeks-without-marking-seen',
      'imap.advances-uidnext',
      'imap.makes-mailboxes',
      'delivery.keeps-date',
    ],
    dialogue: [
      { client: 'IDLE', reply: '+' },
      { client: '(mail arrives, dated 2023)', reply: '', says: ['* 1 EXISTS', '* 1 RECENT'] },
      { client: 'DONE', reply: 'OK' },
      {
        client: 'UID FETCH 1:* (UID FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT MESSAGE-ID)])',
        reply: 'OK',
        says: [
          `* 1 FETCH (UID 1 FLAGS (\\Recent) RFC822.SIZE # INTERNALDATE "{today}" \
BODY[HEADER.FIELDS (FROM SUBJECT MESSAGE-ID)] "From: {from}\\r\\nSubject: [...]\\r\\nMessage-ID: {sent}\\r\\n\\r\\n")`,
        ],
      },
      {
        client: 'STATUS INBOX (UIDNEXT MESSAGES UNSEEN HIGHESTMODSEQ)',
        reply: 'OK CLIENTBUG',
        says: ['* OK [HIGHESTMODSEQ #]', '* STATUS INBOX (HIGHESTMODSEQ # MESSAGES 1 UIDNEXT 2 UNSEEN 1)'],
      },
      {
        client: 'UID STORE 1 +FLAGS (\\Seen)',
        reply: 'OK',
        says: ['* 1 FETCH (UID 1 MODSEQ (#) FLAGS (\\Seen \\Recent))'],
      },
      { client: 'CREATE DeltaChat', reply: 'OK' },
      {
        client: 'UID MOVE 1 DeltaChat',
        reply: 'OK',
        says: ['* OK [COPYUID # 1 1]', '* 1 EXPUNGE', '* 0 RECENT'],
      },
      {
        client: 'SELECT DeltaChat',
        reply: 'OK READ-WRITE',
        says: [
          '* OK [CLOSED]',
          '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
          '* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)]',
          '* 1 EXISTS',
          '* 1 RECENT',
          '* OK [UIDVALIDITY #]',
          '* OK [UIDNEXT 2]',
          '* OK [HIGHESTMODSEQ #]',
        ],
      },
      { client: 'UID STORE 1 +FLAGS.SILENT (\\Deleted)', reply: 'OK', says: ['* 1 FETCH (UID 1 MODSEQ (#))'] },
      { client: 'EXPUNGE', reply: 'OK', says: ['* 1 EXPUNGE', '* 0 RECENT'] },
      { client: 'CLOSE', reply: 'OK' },
      {
        client: 'SELECT INBOX',
        reply: 'OK READ-WRITE',
        says: ['* 0 EXISTS', '* 0 RECENT', '* OK [UIDNEXT 2]', '* OK [HIGHESTMODSEQ #]'],
      },
    ],
  },
  {
    name: 'shared metadata',
    port: 'imaps',
    login: 'in',
    witnesses: ['imap.names-iroh-relay', 'imap.names-admin-by-uri', 'imap.tolerates-unknown-metadata-keys'],
    // The relay had a stand-in for its TURN server: only the form is the relay's.
    partly: ['imap.names-turn-server'],
    dialogue: [
      {
        client: `GETMETADATA "" ${vendor}/irohrelay`,
        reply: 'OK',
        says: [`* METADATA "" (${vendor}/irohrelay https://{domain})`],
      },
      {
        client: `GETMETADATA "" ${vendor}/turn`,
        reply: 'OK',
        says: [`* METADATA "" (${vendor}/turn {domain}:3478:#:*)`],
      },
      {
        client: 'GETMETADATA "" (/shared/comment /shared/admin)',
        reply: 'OK',
        says: ['* METADATA "" (/shared/comment "Chatmail server" /shared/admin mailto:root@{domain})'],
        differs: {
          by: 'relay 1.12',
          why: 'it has no comment; the address is what an operator sets',
          says: ['* METADATA "" (/shared/comment NIL /shared/admin mailto:privacy@{domain})'],
        },
      },
      {
        client: `GETMETADATA "" ${vendor}/maxsmtprecipients`,
        reply: 'OK',
        says: [`* METADATA "" (${vendor}/maxsmtprecipients NIL)`],
        differs: {
          by: 'relay 1.12',
          why: 'it tells how many recipients it takes',
          says: [`* METADATA "" (${vendor}/maxsmtprecipients 1000)`],
        },
      },
      { client: 'GETMETADATA (DEPTH infinity) "" /shared', reply: 'OK' },
      { client: 'SETMETADATA "" (/shared/comment "x")', reply: 'NO CANNOT' },
    ],
  },
  {
    name: 'device tokens',
    port: 'imaps',
    login: 'in',
    witnesses: ['imap.adds-device-tokens'],
    partly: ['imap.keeps-device-token'],
    dialogue: [
      { client: `GETMETADATA "" ${token}`, reply: 'OK', says: [`* METADATA "" (${token} NIL)`] },
      { client: `GETMETADATA INBOX ${token}`, reply: 'OK', says: [`* METADATA INBOX (${token} "")`] },
      { client: `SETMETADATA INBOX (${token} "tok-1")`, reply: 'OK' },
      { client: `GETMETADATA INBOX ${token}`, reply: 'OK', says: [`* METADATA INBOX (${token} tok-1)`] },
      { client: `SETMETADATA INBOX (${token} "tok-2")`, reply: 'OK' },
      { client: `GETMETADATA INBOX ${token}`, reply: 'OK', says: [`* METADATA INBOX (${token} "tok-1 tok-2")`] },
      { client: `SETMETADATA INBOX (${token} NIL)`, reply: 'OK' },
      { client: `GETMETADATA INBOX ${token}`, reply: 'OK', says: [`* METADATA INBOX (${token} "tok-1 tok-2")`] },
      { client: 'SETMETADATA INBOX (/private/other "x")', reply: 'NO SERVERBUG' },
      { client: `SETMETADATA "" (${token} "tok-3")`, reply: 'NO SERVERBUG' },
      { client: `GETMETADATA "" ${token}`, reply: 'OK', says: [`* METADATA "" (${token} NIL)`] },
      {
        client: `GETMETADATA INBOX (${token} ${vendor}/irohrelay)`,
        reply: 'OK',
        says: [`* METADATA INBOX (${token} "tok-1 tok-2" ${vendor}/irohrelay NIL)`],
      },
    ],
  },
  {
    name: 'quota, commands that are none, a new mailbox',
    port: 'imaps',
    login: 'in',
    witnesses: ['imap.shows-quota', 'imap.answers-unknown-command'],
    partly: ['imap.makes-mailboxes'],
    dialogue: [
      { client: 'GETQUOTA "User quota"', reply: 'OK', says: ['* QUOTA "User quota" (STORAGE 0 512000)'] },
      {
        client: 'GETQUOTAROOT INBOX',
        reply: 'OK',
        says: ['* QUOTAROOT INBOX "User quota"', '* QUOTA "User quota" (STORAGE 0 512000)'],
      },
      { client: 'XDELTAPUSH', reply: 'BAD' },
      { client: 'CREATE DeltaChat', reply: 'OK' },
      {
        client: 'LIST "" "*"',
        reply: 'OK',
        says: ['* LIST (\\HasNoChildren) . DeltaChat', '* LIST (\\HasNoChildren) . INBOX'],
      },
      {
        client: 'COMPRESS DEFLATE',
        reply: 'BAD',
        differs: {
          by: 'other servers',
          why: 'it has COMPRESS=DEFLATE, as some servers for the same apps do',
          reply: 'OK',
        },
      },
    ],
  },
  {
    name: 'NOTIFY (RFC 5465), then INBOX',
    port: 'imaps',
    login: 'in',
    witnesses: [],
    dialogue: [
      {
        client: 'NOTIFY SET (SELECTED (MessageNew (UID FLAGS) MessageExpunge)) (PERSONAL (MessageNew MessageExpunge))',
        reply: 'OK',
        differs: { by: 'reference server', why: 'it has no NOTIFY, and does not list it', reply: 'BAD' },
      },
      { client: 'SELECT INBOX', reply: 'OK READ-WRITE', says: ['* 0 EXISTS', '* 0 RECENT', '* OK [UIDVALIDITY #]'] },
    ],
  },
  {
    name: 'APPEND over quota, on the announced size',
    port: 'imaps',
    login: 'in',
    smallMailboxes: true,
    witnesses: [],
    dialogue: [{ client: 'APPEND INBOX {20000}', reply: 'NO OVERQUOTA' }],
  },
  {
    name: 'retention: a large message after 8 days, a small one after 21',
    port: 'imaps',
    login: 'selected',
    witnesses: ['imap.counts-quota', 'retention.deletes-old-mail', 'retention.deletes-large-mail-sooner'],
    partly: ['imap.tells-expunges-to-other-sessions', 'retention.keeps-mail-until-then'],
    dialogue: [
      { client: '(a message of 3 kB and one of 556 kB)', reply: '' },
      { client: '(8 days pass)', reply: '' },
      { client: 'NOOP', reply: 'OK', says: ['* 2 EXPUNGE'] },
      {
        client: 'UID FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (FROM)])',
        reply: 'OK',
        says: ['* 1 FETCH (UID 1 *)'],
      },
      { client: 'GETQUOTAROOT INBOX', reply: 'OK', says: ['* QUOTA "User quota" (STORAGE 3 512000)'] },
      { client: '(13 days pass)', reply: '' },
      { client: 'NOOP', reply: 'OK', says: ['* 1 EXPUNGE'] },
      { client: 'UID FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (FROM)])', reply: 'OK' },
      { client: 'GETQUOTAROOT INBOX', reply: 'OK', says: ['* QUOTA "User quota" (STORAGE 0 512000)'] },
    ],
  },
  {
    name: 'retention: an account that nobody used for 91 days is free again',
    port: 'imaps',
    witnesses: ['retention.removes-idle-accounts'],
    dialogue: [
      { client: '(91 days pass)', reply: '' },
      { client: 'LOGIN "{me}" "{wrong}"', reply: 'OK CAPABILITY' },
    ],
  },
]
