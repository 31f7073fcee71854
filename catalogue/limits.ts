// What a chatmail server owes its users about limits: wide enough for chatting, and told in a way that apps can live with.
import type { Requirement, Source } from './types.ts'

const rfc = (number: number, section: string): Source => ({
  title: `RFC ${number} section ${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
})
const settings: Source = { title: 'chatmail/relay 1.12, chatmaild/ini/chatmail.ini.f' }
const filtermail: Source = { title: 'chatmail/filtermail 0.7, outbound.rs' }
const core: Source = { title: 'chatmail/core, src/smtp.rs' }

export const limits = {
  'limits.refuses-announced-oversize': {
    level: 'should',
    basis: 'standard',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Refuses a message at MAIL whose announced SIZE is over the limit.',
    why: 'Otherwise a phone uploads a large video over a slow network to learn in the end that it is too large.',
    sources: [rfc(1870, '6.1'), settings],
    covers: ['SIZE-2'],
    fix: {
      'postfix-dovecot': 'Postfix does this by itself: message_size_limit in main.cf. Look for a proxy in front of it.',
      any: 'Compare the SIZE parameter of MAIL with the limit that EHLO tells, and answer 552.',
    },
  },
  'limits.takes-hundred-recipients': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Takes a message to a hundred recipients.',
    why: 'A message to a group goes out once, with a RCPT for each member. RFC 5321 asks every server for a hundred.',
    sources: [rfc(5321, '4.5.3.1.8'), core],
    covers: ['RATE-5'],
    fix: {
      'postfix-dovecot':
        'smtpd_recipient_limit in main.cf, 1000 when not set; and limit transactions instead of recipients.',
      any: 'Raise the limit of recipients in a transaction, and count transactions instead of recipients.',
    },
  },
  'limits.takes-promised-recipients': {
    level: 'should',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Takes as many recipients in a transaction as its METADATA tells.',
    why: 'Apps send to so many members at once. When the last ones are refused, the message fails or goes out twice.',
    sources: [core, { title: 'chatmail/relay 1.12, chatmaild/metadata.py' }],
    covers: ['SUB-9'],
    fix: {
      relay: 'smtpd_recipient_limit in /etc/postfix/main.cf must not be below 1000, which the metadata service tells.',
      any: 'Let /shared/vendor/deltachat/maxsmtprecipients and the limit of the mail server be one number.',
    },
  },
  'limits.takes-declared-rate': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Takes sixty messages a minute from an account at a steady pace, or as many as its policy allows.',
    why: 'In a lively group, and by the edits, reactions and receipts that apps send, a user gets there without noticing.',
    sources: [filtermail, settings],
    covers: ['RATE-1'],
    fix: {
      relay: 'max_user_send_per_minute in chatmail.ini, then cmdeploy run.',
      'postfix-dovecot': 'smtpd_client_message_rate_limit in main.cf, and what a policy service in front counts.',
      any: 'Look for a second limit beside the one that was meant, by account or by address.',
    },
  },
  'limits.defers-over-rate': {
    level: 'should',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Puts off who sends too fast, with a 4xx, instead of refusing for good.',
    why: 'Apps try again after a 4xx. After a 5xx the message counts as failed, and its user is told so.',
    sources: [filtermail, core],
    covers: ['RATE-2', 'RATE-4'],
    fix: {
      'postfix-dovecot':
        'Postfix answers 450 over smtpd_client_message_rate_limit; let a policy service say DEFER_IF_PERMIT or 450, not REJECT.',
      relay:
        'filtermail answers 450 by itself: look for a second limit in front of it, as smtpd_client_message_rate_limit.',
      any: 'Answer 450 when the rate is exceeded.',
    },
  },
  'limits.recovers-after-rate': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Takes mail again within a minute after an account has sent too fast.',
    why: 'Who joins a large group sends many messages at once. A ban for minutes looks like an outage.',
    sources: [filtermail, settings],
    covers: ['RATE-3'],
    fix: {
      relay: 'max_user_send_per_minute in chatmail.ini; systemctl status filtermail.',
      any: 'Count by a leaky bucket: one message is free again each second.',
    },
  },
  'limits.gives-hundred-megabytes': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Gives each user room for 100 MB of mail at least.',
    why: 'A phone that was off for a week finds photos and videos. Full mailboxes refuse mail.',
    sources: [settings],
    covers: ['IMAP-6'],
    fix: {
      'postfix-dovecot': 'quota_rule = *:storage=500M in the plugin section of Dovecot 2.3.',
      relay: 'max_mailbox_size in chatmail.ini.',
      any: 'Raise the storage quota of the IMAP server.',
    },
  },
  'limits.refuses-append-that-cannot-fit': {
    level: 'should',
    basis: 'standard',
    impact: 'ergonomics',
    promise: 'reliability',
    text: 'Refuses an APPEND that is larger than the whole mailbox before it is sent.',
    why: 'The size is announced: asking for octets that cannot be kept costs the phone its data volume and the server its disk.',
    sources: [rfc(9051, '6.3.12'), rfc(9208, '4.1')],
    covers: ['EXP-8'],
    fix: {
      'postfix-dovecot': 'Dovecot does this with quota_max_mail_size and the imap_quota plugin.',
      any: 'Compare the size of the literal with the quota, and answer NO [OVERQUOTA] or NO [LIMIT].',
    },
  },
  'limits.holds-five-sessions': {
    level: 'should',
    basis: 'client-relies',
    impact: 'speed',
    promise: 'convenience',
    text: 'Holds five IMAP sessions of one account at once.',
    why: 'Phone, tablet and computer each hold one or two, and networks that change leave some behind.',
    sources: [{ title: 'chatmail/core, src/scheduler.rs' }, { title: 'Dovecot, mail_max_userip_connections' }],
    covers: ['LIM-1'],
    fix: {
      'postfix-dovecot': 'mail_max_userip_connections in protocol imap, 10 when not set.',
      any: 'Raise the limit of connections of one user.',
    },
  },
  'limits.holds-twenty-connections': {
    level: 'should',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Holds twenty IMAP sessions from one address at once, of several accounts.',
    why: 'A family, a school or a mobile network shares one address. Who comes too late gets no mail.',
    sources: [{ title: 'chatmail/relay 1.12, chatmaild/config.py: max_imap_connections' }, rfc(6888, '1')],
    covers: ['LIM-1'],
    fix: { any: 'Count connections by account rather than by address, or allow some hundreds of each address.' },
  },
  'limits.ends-session-after-errors': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Ends a submission session after some dozens of bad commands.',
    why: 'Scanners and broken programs otherwise keep a process busy for free.',
    sources: [{ title: 'Postfix, smtpd_hard_error_limit' }],
    covers: ['LIM-3'],
    fix: { 'postfix-dovecot': 'smtpd_hard_error_limit in main.cf, 20 when not set.', any: 'Answer 421 and close.' },
  },
} as const satisfies Record<string, Requirement>
