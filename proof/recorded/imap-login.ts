// IMAP on 993 and 143 as recorded from a chatmail relay (relay services 1.9, Dovecot 2.3.19.1): greeting and login.
import type { Difference, ImapCase } from './types.ts'

const before = 'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE XDELTAPUSH XCHATMAIL LITERAL+'
const after = `IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS \
THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 \
CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY \
PREVIEW STATUS=SIZE SAVEDATE XDELTAPUSH XCHATMAIL LITERAL+ NOTIFY METADATA SPECIAL-USE QUOTA`

const onlyWhatItDoes = 'it lists only extensions that it has'
const beforeHere = 'IMAP4rev1 SASL-IR ID ENABLE IDLE XDELTAPUSH XCHATMAIL LITERAL+'
const afterHere = `IMAP4rev1 SASL-IR ID ENABLE IDLE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE \
LIST-STATUS MOVE STATUS=SIZE XDELTAPUSH XCHATMAIL LITERAL+ METADATA SPECIAL-USE QUOTA`

const here = (words: string): Difference => ({ by: 'reference server', why: onlyWhatItDoes, says: [words] })

const offersBefore = {
  reply: 'OK',
  says: [`* CAPABILITY ${before} AUTH=PLAIN`],
  differs: here(`* CAPABILITY ${beforeHere} AUTH=PLAIN`),
}
const offersInClear = {
  reply: 'OK',
  says: [`* CAPABILITY ${before} STARTTLS LOGINDISABLED`],
  differs: here(`* CAPABILITY ${beforeHere} STARTTLS LOGINDISABLED`),
}

/** A login that makes an account, or not. */
function login(name: string, user: string, password: string, reply: string, rest: Partial<ImapCase> = {}): ImapCase {
  return { name, port: 'imaps', witnesses: [], ...rest, dialogue: [{ client: `LOGIN "${user}" "${password}"`, reply }] }
}

const refused = 'NO AUTHENTICATIONFAILED'

export const imapLogin: readonly ImapCase[] = [
  {
    name: 'new name over IMAP: greeting, login, INBOX, logout',
    port: 'imaps',
    witnesses: [
      'imap.greets',
      'onboarding.creates-account-on-first-imap-login',
      'imap.answers-capability',
      'imap.advertises-xchatmail',
      'imap.advertises-idle',
      'imap.answers-id',
      'imap.lists-inbox',
      'imap.selects-inbox',
      'imap.shows-uidvalidity',
      'imap.shows-uidnext',
      'imap.shows-namespace',
      'imap.shows-quota',
    ],
    partly: ['imap.ends-session-on-logout'],
    dialogue: [
      { client: '(connect)', ...offersBefore },
      { client: 'LOGIN "{name:9}@{domain}" "{right}"', reply: 'OK CAPABILITY' },
      {
        client: 'CAPABILITY',
        reply: 'OK',
        says: [`* CAPABILITY ${after}`],
        differs: [
          here(`* CAPABILITY ${afterHere}`),
          {
            by: 'other servers',
            why: 'it has COMPRESS=DEFLATE, as some servers for the same apps do',
            says: [`* CAPABILITY ${afterHere} COMPRESS=DEFLATE`],
          },
        ],
      },
      {
        client: 'ID NIL',
        reply: 'OK',
        says: ['* ID (name Dovecot)'],
        differs: {
          by: 'reference server',
          why: 'it goes by its own name',
          says: ['* ID (name "chatmail-check reference")'],
        },
      },
      { client: 'LIST "" "*"', reply: 'OK', says: ['* LIST (\\HasNoChildren) . INBOX'] },
      {
        client: 'SELECT INBOX',
        reply: 'OK READ-WRITE',
        says: [
          '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
          '* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)]',
          '* 0 EXISTS',
          '* 0 RECENT',
          '* OK [UIDVALIDITY #]',
          '* OK [UIDNEXT 1]',
        ],
      },
      { client: 'NAMESPACE', reply: 'OK', says: ['* NAMESPACE (("" .)) NIL NIL'] },
      {
        client: 'ENABLE CONDSTORE QRESYNC',
        reply: 'OK',
        says: ['* OK [HIGHESTMODSEQ #]', '* ENABLED CONDSTORE QRESYNC'],
        differs: {
          by: 'reference server',
          why: 'it has no QRESYNC',
          says: ['* OK [HIGHESTMODSEQ #]', '* ENABLED CONDSTORE'],
        },
      },
      {
        client: 'GETQUOTAROOT INBOX',
        reply: 'OK',
        says: ['* QUOTAROOT INBOX "User quota"', '* QUOTA "User quota" (STORAGE 0 512000)'],
      },
      { client: 'LOGOUT', reply: 'OK', says: ['* BYE'] },
    ],
  },
  {
    name: 'wrong passwords over IMAP, then the right one',
    port: 'imaps',
    witnesses: [
      'onboarding.refuses-wrong-password',
      'onboarding.keeps-password-after-wrong-login',
      'onboarding.lets-owner-back-in',
    ],
    partly: ['onboarding.compares-whole-password', 'onboarding.lets-others-in-after-wrong-logins'],
    dialogue: [
      { client: 'LOGIN "{me}" "{wrong}"', reply: refused },
      { client: 'LOGIN "{me}" "{right}y"', reply: refused },
      { client: 'LOGIN "{me}" "{right}"', reply: 'OK CAPABILITY' },
    ],
  },
  {
    name: 'AUTHENTICATE PLAIN with an initial response',
    port: 'imaps',
    witnesses: ['imap.authenticates-plain'],
    dialogue: [{ client: 'AUTHENTICATE PLAIN {me} {right}', reply: 'OK CAPABILITY' }],
  },
  {
    name: 'AUTHENTICATE PLAIN with a wrong password',
    port: 'imaps',
    witnesses: ['onboarding.refuses-wrong-password'],
    dialogue: [{ client: 'AUTHENTICATE PLAIN {me} bad{right}', reply: refused }],
  },
  {
    name: 'before login: another mechanism, SELECT, nonsense',
    port: 'imaps',
    witnesses: [],
    partly: ['imap.refuses-unknown-mechanism', 'imap.refuses-mailbox-before-login', 'imap.answers-unknown-command'],
    dialogue: [
      { client: 'AUTHENTICATE CRAM-MD5', reply: 'NO ALERT' },
      { client: 'SELECT INBOX', reply: 'BAD' },
      { client: 'BOGUS', reply: 'BAD' },
    ],
  },
  login('a new password of eight', '{name:9}@{domain}', 'short123', refused, {
    partly: ['onboarding.refuses-short-password'],
  }),
  login('a new password of nine', '{name:9}@{domain}', 'exactly9c', 'OK CAPABILITY'),
  login('a new name of eight', '{name:8}@{domain}', '{right}', refused),
  login('a new name of ten', '{name:10}@{domain}', '{right}', refused),
  login('a new name in capitals', '{NAME:9}@{domain}', '{right}', 'OK CAPABILITY'),
  login('a new name with a plus sign', 'abc+{name:2}_hi@{domain}', '{right}', refused),
  login('a new name with a dot and a hyphen', 'a.{name:4}-hi@{domain}', '{right}', 'OK CAPABILITY'),
  login('a new name at another domain', '{name:9}@chat-b.test', '{right}', refused, {
    witnesses: ['onboarding.refuses-foreign-domain'],
  }),
  login('a new name without a domain', '{name:9}', '{right}', refused),
  login('no name', '', '{right}', refused),
  login('a new name with a quote', '{name:8}\\"@{domain}', '{right}', refused, {
    partly: ['onboarding.refuses-odd-names'],
  }),
  login('the own name in capitals', '{ME-local}@{domain}', '{right}', 'OK CAPABILITY', {
    partly: ['imap.folds-login-case'],
  }),
  login('the own domain in capitals', '{me-local}@{DOMAIN}', '{right}', 'OK CAPABILITY', {
    partly: ['imap.folds-login-case'],
  }),
  {
    name: '143: login in clear, STARTTLS, login',
    port: 'imap',
    witnesses: ['imap.greets', 'imap.refuses-cleartext-login', 'imap.logs-in-over-starttls'],
    dialogue: [
      { client: '(connect)', ...offersInClear },
      { client: 'CAPABILITY', ...offersInClear },
      { client: 'LOGIN "{me}" "{right}"', reply: 'NO PRIVACYREQUIRED', says: ['* BAD [ALERT]'] },
      { client: 'STARTTLS', reply: 'OK' },
      { client: 'CAPABILITY', ...offersBefore },
      {
        client: 'LOGIN "{me}" "{right}"',
        reply: 'OK',
        differs: {
          by: 'reference server',
          why: 'it tells its capabilities with the OK even to those who asked for them before',
          reply: 'OK CAPABILITY',
        },
      },
    ],
  },
  {
    name: 'ten first logins at once, same password',
    port: 'imaps',
    witnesses: [],
    partly: ['onboarding.creates-account-once'],
    dialogue: [{ client: '(ten connections at once) LOGIN "{name:9}@{domain}" "{right}"', reply: 'OK', times: 10 }],
  },
  {
    name: 'ten first logins at once, ten passwords',
    port: 'imaps',
    witnesses: [],
    dialogue: [
      {
        client: '(ten connections at once) LOGIN "{name:9}@{domain}" "{right}#"',
        reply: 'OK',
        times: 3,
        chance: true,
        differs: {
          by: 'relay 1.12',
          why: 'it makes accounts under a lock: the first password counts',
          times: 1,
          chance: false,
        },
      },
    ],
  },
  {
    name: 'TLS 1.2 on 993',
    port: 'imaps',
    witnesses: [],
    dialogue: [{ client: '(TLS 1.2 handshake)', reply: 'closed' }],
  },
  {
    name: 'imap by ALPN on 443',
    port: 'https',
    witnesses: [],
    partly: ['imap.accepts-alpn-imap'],
    dialogue: [{ client: '(TLS handshake that offers imap)', ...offersBefore }],
  },
]
