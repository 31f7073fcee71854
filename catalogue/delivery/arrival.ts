// Delivery: speed, waking devices, and that nothing is lost or doubled.
import type { Requirement } from '../types.ts'

export const arrival = {
  'delivery.arrives-under-a-second': {
    level: 'must',
    basis: 'deployed-practice',
    impact: 'speed',
    promise: 'speed',
    text: 'Brings 95 of 100 messages between its own users to an idle device in under a second, the network not counted.',
    why: 'Chatting is promised to feel instant: well under a second from one device to the other. A queue or a notify delay on the server is felt with every message.',
    sources: [
      { title: 'chatmail.at: message delivery is well under a second, end to end' },
      { title: 'chatmail/relay, doc: patched Dovecot without the notify delay' },
    ],
    covers: ['OUT-1', 'IMAP-5'],
    fix: {
      any: 'Look where the time goes: the measured stages submit (filter and queue), notify (IMAP) and fetch tell which daemon is slow.',
      relay:
        'Check the load of the machine, and that the Dovecot of the chatmail packages is installed: the one of Debian waits 500 ms before it notifies.',
      'postfix-dovecot':
        'The Dovecot of Debian waits 500 ms before it tells an idle device; the build that chatmail relays install does not. Keep content filters and greylisting out of the submission path in /etc/postfix/master.cf.',
    },
  },
  'delivery.notifies-at-once': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'speed',
    promise: 'speed',
    text: 'Tells idle devices of a message within 300 ms after it has accepted it.',
    why: 'A chat feels instant when its messages come at once. Dovecot as it is distributed waits half a second before it tells idle sessions of new mail; chatmail relays run one that does not.',
    sources: [
      { title: 'chatmail/relay, issue 72: where the half second goes' },
      { title: 'Dovecot 2.3, src/lib-storage/mailbox-watch.c: NOTIFY_DELAY_MSECS' },
    ],
    covers: ['IMAP-5'],
    fix: {
      any: 'When it is 500 ms and little more each time, it is the notify delay of Dovecot: there is no setting for it, use a build without NOTIFY_DELAY_MSECS. Otherwise chatmail-check trace --server-log tells the queue from the delivery.',
      relay: 'Install the Dovecot packages that the chatmail deployment brings: cmdeploy run puts them in place.',
      'postfix-dovecot':
        'The Dovecot of Debian waits 500 ms; use a build without NOTIFY_DELAY_MSECS. Above that, look at delays=a/b/c/d in the mail log.',
    },
  },
  'delivery.greets-at-once': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'speed',
    promise: 'speed',
    text: 'Greets a new connection as soon as it stands.',
    why: 'A phone that changes its network opens its sessions anew, and waits for the greeting of each. Postfix greets some 40 ms late on submission, since it holds a small packet back until the last one is acknowledged.',
    sources: [
      {
        title: 'RFC 896 (Nagle) with RFC 1122, section 4.2.3.2 (delayed ACK)',
        url: 'https://www.rfc-editor.org/rfc/rfc1122#section-4.2.3.2',
      },
    ],
    fix: {
      any: 'Set TCP_NODELAY on accepted connections. When it is longer, look for lookups of client names and blocklists before the greeting.',
      'postfix-dovecot':
        'Postfix 3.7 has no setting for the 40 ms; smtpd_peername_lookup = no for submission spares a lookup before the greeting.',
    },
  },
  'delivery.still-notifies-after-idling': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'speed',
    text: 'Notifies a device of new mail when it has been in IDLE for more than half a minute.',
    why: 'A chat is silent most of the time. A server that forgets idle sessions leaves the phone silent until it asks anew, minutes later.',
    sources: [
      { title: 'RFC 2177, section 3', url: 'https://www.rfc-editor.org/rfc/rfc2177#section-3' },
      { title: 'chatmail/relay, dovecot.conf.j2: imap_hibernate_timeout = 30s' },
    ],
    covers: ['IMAP-5'],
    fix: {
      any: 'Look for what ends or forgets idle sessions: hibernation that cannot wake up, a proxy in front with a short timeout.',
      relay:
        'Raise fs.inotify.max_user_instances and max_user_watches (sysctl), and check that imap-hibernate may talk to imap: journalctl -u dovecot.',
      'postfix-dovecot':
        'Set imap_hibernate_timeout = 0 or give imap-hibernate access to the imap-master socket; raise fs.inotify.max_user_instances.',
    },
  },
  'delivery.wakes-every-device': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'speed',
    text: 'Notifies every session of an account that is in IDLE, not only one of them.',
    why: 'Users have a phone and a laptop on one account. Both must hear of a message at once.',
    sources: [
      { title: 'RFC 2177, section 3', url: 'https://www.rfc-editor.org/rfc/rfc2177#section-3' },
      { title: 'RFC 3501, section 7.3.1: EXISTS', url: 'https://www.rfc-editor.org/rfc/rfc3501#section-7.3.1' },
    ],
    covers: ['IMAP-5'],
    fix: {
      any: 'Tell all sessions that have the mailbox selected, not only the one that came last.',
      relay: 'Raise fs.inotify.max_user_instances (sysctl): without inotify only some sessions are told.',
      'postfix-dovecot': 'Raise fs.inotify.max_user_instances and max_user_watches in /etc/sysctl.d/.',
    },
  },
  'delivery.never-loses': {
    level: 'must',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers every message that it has accepted.',
    why: 'A 250 is a promise. A message lost after it is lost for good: nobody will send it again, and nobody is told.',
    sources: [{ title: 'RFC 5321, section 6.1', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-6.1' }],
    covers: ['OUT-1'],
    fix: {
      'postfix-dovecot':
        'grep the Message-ID in /var/log/mail.log, then the queue ID that stands beside it, down to the line of lmtp or local.',
      any: 'Search the mail log for the Message-IDs named in the evidence, and find the daemon that dropped them.',
      relay: 'journalctl -u postfix@- -u filtermail -u dovecot, around the time of the run.',
    },
  },
  'delivery.never-duplicates': {
    level: 'must',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers a message once.',
    why: 'Copies wake the phone again for nothing and fill the mailbox; clients that do not compare show them twice.',
    sources: [{ title: 'RFC 5321, section 4.5.4.1', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1' }],
    covers: ['OUT-1'],
    fix: {
      'postfix-dovecot':
        'Raise lmtp_data_done_timeout in /etc/postfix/main.cf, 600 s when not set, and look for a second queue or content_filter that takes the same mail.',
      any: 'Look for a queue that tries again although the delivery had worked: timeouts between queue and mail store are too short.',
    },
  },
  'delivery.keeps-order': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'ergonomics',
    promise: 'reliability',
    text: 'Delivers messages in the order in which they were sent.',
    why: 'SMTP promises no order and clients sort by the time of sending, but a message before its predecessor makes the chat jump.',
    sources: [{ title: 'RFC 5321, section 4.5.4.1', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1' }],
    fix: { any: 'Nothing needs to be done; a single delivery process per mailbox keeps the order.' },
  },
  'delivery.delivers-unread': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers messages without the flags \\Seen and \\Deleted.',
    why: 'A message marked as seen counts as read on another device, and nobody is notified of it; one marked as deleted goes at the next CLOSE.',
    sources: [
      { title: 'RFC 3501, section 2.3.2', url: 'https://www.rfc-editor.org/rfc/rfc3501#section-2.3.2' },
      { title: 'chatmail/core, src/receive_imf.rs: seen' },
    ],
    fix: {
      any: 'Remove the rule that marks new mail, often one of Sieve: setflag, addflag or imap4flags.',
      'postfix-dovecot': 'Look into sieve_before, sieve_after and sieve_default of /etc/dovecot/conf.d/90-sieve.conf.',
    },
  },
  'delivery.stamps-arrival-time': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'retention',
    text: 'Gives a message the time of its arrival as INTERNALDATE, whatever its Date says.',
    why: 'Delta Chat sends dates up to six days in the past. If mail is deleted by INTERNALDATE, a borrowed date takes days off the time that it is kept.',
    sources: [
      { title: 'RFC 3501, section 2.3.3', url: 'https://www.rfc-editor.org/rfc/rfc3501#section-2.3.3' },
      { title: 'chatmail/core: outer dates are random, up to six days old' },
    ],
    fix: {
      any: 'Let the mail store set INTERNALDATE itself at delivery (RFC 3501, 2.3.3), and check the clock of the server.',
    },
  },
} as const satisfies Record<string, Requirement>
