// What a chatmail server owes its users about deletion: mail and accounts go by themselves, and not before their time.
import type { Requirement, Source } from './types.ts'

const expire: Source = { title: 'chatmail/relay 1.12, chatmaild/expire.py' }
const settings: Source = { title: 'chatmail/relay 1.12, chatmaild/ini/chatmail.ini.f' }
const quota: Source = { title: 'chatmail/relay 1.12, chatmaild/quota_expire.py and dovecot.conf.j2' }

const job = 'systemctl status chatmail-expire.timer; journalctl -u chatmail-expire.'
const byAge = {
  relay: `delete_mails_after in chatmail.ini names the days. ${job}`,
  madmail: 'Turn the deletion of old messages on: it is off by default.',
  'postfix-dovecot':
    "Run each night: doveadm expunge -A mailbox '*' before 20d; or find over the Maildirs, cur, new and tmp of every folder.",
  any: 'Delete old mail by a job each night, in every mailbox, read or not.',
} as const
const large = {
  relay: `delete_large_after in chatmail.ini names the days. ${job}`,
  any: 'Delete files over 200 kB after a week, once a client has seen them.',
} as const
const idle = {
  relay: `delete_inactive_users_after in chatmail.ini names the days. ${job}`,
  any: 'Note the day of the last login of each user, and delete the whole folder of those who stay away.',
} as const
const room = {
  relay: 'Relays from 1.10 on do so: a quota warning at 75 percent in dovecot.conf runs the clean-up. Deploy anew.',
  any: 'Let a quota warning of the IMAP server delete the oldest mail, but none of the last 24 hours.',
} as const

const common = { basis: 'deployed-practice', promise: 'retention' } as const

export const retention = {
  'retention.deletes-old-mail': {
    ...common,
    level: 'must',
    impact: 'privacy',
    text: 'Deletes mail by itself after the days that it promises, at most two days late.',
    why: 'What is not there cannot be seized, leaked or sold. Users count on it: phones hold their chats, the server does not.',
    sources: [expire, settings],
    covers: ['EXP-2', 'EXP-4'],
    fix: byAge,
  },
  'retention.deletes-unread-mail': {
    ...common,
    level: 'should',
    impact: 'privacy',
    text: 'Deletes old mail that nobody has read as well.',
    why: 'Mail for a phone that is gone would otherwise stay for good.',
    sources: [expire],
    covers: ['EXP-2'],
    fix: byAge,
  },
  'retention.deletes-mail-in-every-mailbox': {
    ...common,
    level: 'should',
    impact: 'privacy',
    text: 'Deletes old mail in every mailbox of a user, not in INBOX alone.',
    why: 'Apps move mail to mailboxes of their own, where it would otherwise stay for good.',
    sources: [expire],
    covers: ['EXP-2'],
    fix: byAge,
  },
  'retention.keeps-mail-until-then': {
    ...common,
    level: 'should',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Keeps mail until the promised days have passed.',
    why: 'A phone that was off for two weeks finds its messages.',
    sources: [expire, settings],
    covers: ['EXP-4'],
    fix: {
      relay: `Compare delete_mails_after in chatmail.ini with what you promise. ${job}`,
      any: 'Compare the days in the job that deletes mail with those that you promise.',
    },
  },
  'retention.deletes-large-mail-sooner': {
    ...common,
    level: 'should',
    impact: 'ergonomics',
    text: 'Deletes large mail that a client has seen after fewer days.',
    why: 'Files and videos fill the disk, and phones have fetched them long ago.',
    sources: [expire, settings],
    covers: ['EXP-3'],
    fix: {
      ...large,
      'postfix-dovecot': "Run each night: doveadm expunge -A mailbox '*' savedbefore 7d seen larger 200k.",
    },
  },
  'retention.keeps-large-mail-until-then': {
    ...common,
    level: 'should',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Keeps large mail until its own days have passed.',
    why: 'Second devices fetch large files later, often over another network.',
    sources: [expire, settings],
    covers: ['EXP-3'],
    fix: large,
  },
  'retention.makes-room': {
    ...common,
    level: 'should',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Makes room by itself in a mailbox that is nearly full.',
    why: 'A full mailbox refuses mail, and the senders see failed messages. Users of a chat app delete nothing by hand.',
    sources: [quota, expire],
    covers: ['EXP-7', 'EXP-6'],
    fix: {
      ...room,
      'postfix-dovecot':
        'quota_warning = storage=75%% and a service quota-warning with a script that runs doveadm expunge (Dovecot 2.3).',
    },
  },
  'retention.removes-oldest-first': {
    ...common,
    level: 'should',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Makes room by the oldest mail.',
    why: 'The oldest mail has most likely been fetched by every device.',
    sources: [quota, expire],
    covers: ['EXP-6'],
    fix: room,
  },
  'retention.spares-new-mail': {
    ...common,
    level: 'should',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Takes nothing that came within the last 24 hours to make room.',
    why: 'Devices may not have fetched it yet.',
    sources: [quota, expire],
    covers: ['EXP-6'],
    fix: room,
  },
  'retention.removes-idle-accounts': {
    ...common,
    level: 'should',
    impact: 'privacy',
    text: 'Removes an account that nobody logged into for the promised days; its name is free again.',
    why: 'Most accounts of a public server are left behind some day. What is left of them is of use to nobody but attackers.',
    sources: [expire, settings],
    covers: ['EXP-5'],
    fix: {
      ...idle,
      'postfix-dovecot':
        'The last_login plugin of Dovecot notes logins; a job each night deletes the folders of those who stay away.',
    },
  },
  'retention.keeps-accounts-in-use': {
    ...common,
    level: 'should',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Keeps an account, and its mail, as long as its owner logs in now and then.',
    why: 'An account that is removed under its owner loses messages, and anybody can take its name.',
    sources: [expire],
    covers: ['EXP-5'],
    fix: {
      'postfix-dovecot':
        'mail_plugins = $mail_plugins last_login in protocol imap, with last_login_dict, and let the job that deletes go by it.',
      relay: 'The login dictionary notes each day of use: journalctl -u lastlogin -u doveauth.',
      any: 'Note every login, over IMAP too, as a use of the account.',
    },
  },
  'retention.removes-mail-with-account': {
    ...common,
    level: 'should',
    impact: 'security',
    text: 'Removes the mail together with an account, so that the next owner of the name finds nothing.',
    why: 'Names can be taken anew by anybody; who writes to whom stands in clear in the headers of old mail.',
    sources: [expire],
    covers: ['EXP-5'],
    fix: { any: 'Delete the whole folder of the user, and not only the password.', relay: idle.relay },
  },
} as const satisfies Record<string, Requirement>
