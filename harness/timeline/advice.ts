// What a slow stage usually means, and what an operator does about it. Data, read by the diagnosis.
import type { Implementation } from '../../catalogue/types.ts'
import type { StageName } from '../result/trace.ts'

export interface Known {
  readonly text: string
  readonly fix: Readonly<Partial<Record<Implementation | 'any', string>>>
}

/** Patterns that have a shape of their own: a certain time, and little spread. */
export const patterns = {
  'dovecot-notify-delay': {
    text: 'half a second between 250 and EXISTS, with little spread: Dovecot, if that is what serves the reader, waits 500 ms as it is distributed before it tells idle sessions of new mail',
    fix: {
      any: 'Dovecot has no setting for it: use a build without the delay (NOTIFY_DELAY_MSECS in src/lib-storage/mailbox-watch.c).',
      relay: 'Install the Dovecot packages that the chatmail deployment brings: cmdeploy run puts them in place.',
    },
  },
  'delayed-ack': {
    text: 'about 40 ms before an answer that takes no work: the server holds a small packet back until our kernel acknowledges the one before (Nagle with delayed ACK)',
    fix: {
      any: 'Set TCP_NODELAY on accepted connections. It costs every new connection 40 ms, and messages over an open one nothing.',
      'postfix-dovecot':
        'Postfix 3.7 has no setting for it; neither session tickets nor TLS versions make a difference. Only new connections pay.',
    },
  },
  throttled: {
    text: 'the server asked us to slow down; the waiting is in no figure here',
    fix: {
      any: 'Trace at a longer --interval, or raise the rate of the accounts used.',
      relay: 'max_user_send_per_minute in chatmail.ini.',
    },
  },
} as const satisfies Record<string, Known>

/** What to look at when a stage is slow for no reason that we know. */
export const slowStages: Readonly<Record<StageName, Known>> = {
  tcp: {
    text: 'the network, or a server too busy to accept connections',
    fix: { any: 'Compare with ping. When that is fast, look at the load of the machine and its limit of connections.' },
  },
  tls: {
    text: 'the handshake takes the machine long: a busy processor, or a large RSA key',
    fix: { any: 'Look at the load of the machine; an ECDSA certificate costs less than RSA of 4096 bits.' },
  },
  greeting: {
    text: 'the server does something before it greets: a lookup of our name, a check of blocklists, a process that starts',
    fix: {
      any: 'Look for lookups of client names and blocklists on the submission and IMAP ports, and for a resolver that does not answer.',
      relay: 'Check the resolver: time dig -x of a client address, and systemctl status unbound.',
      'postfix-dovecot':
        'smtpd_peername_lookup = no for submission in /etc/postfix/master.cf; in Dovecot service_count and process_min_avail of the login service.',
    },
  },
  ehlo: {
    text: 'EHLO is answered late, though there is nothing to look up',
    fix: { any: 'Look at the load of the machine, and at policy services that are asked for EHLO.' },
  },
  auth: {
    text: 'logging in takes long: the password hash, the authentication service, or the creation of the account',
    fix: {
      any: 'Look at the cost of the password hash and at the authentication service. A login after wrong passwords is slowed down on purpose.',
      relay: 'systemctl status doveauth, and journalctl -u doveauth while somebody logs in.',
      'postfix-dovecot': 'doveadm auth test, timed; a cheaper scheme in the passdb, and auth_cache_size.',
    },
  },
  mail: {
    text: 'something is asked when the sender is named: a policy service, a milter, a lookup of its domain',
    fix: {
      any: 'Look at what is asked about senders: policy services, milters, DNS.',
      'postfix-dovecot':
        'smtpd_sender_restrictions and smtpd_milters of the submission service in /etc/postfix/master.cf.',
    },
  },
  rcpt: {
    text: 'something is asked for each recipient: a policy service, greylisting, a filter behind the port',
    fix: {
      any: 'Look at what is asked about recipients: policy services, greylisting, address verification, a filter that is a proxy.',
      relay: 'systemctl status filtermail; the filter hears of the sender at this point, and its rate limit is there.',
      'postfix-dovecot':
        'smtpd_recipient_restrictions and check_policy_service in /etc/postfix/main.cf; nothing of the kind belongs to submission.',
    },
  },
  data: {
    text: 'something is asked between RCPT and the message: a policy service or a filter that is called at DATA',
    fix: {
      any: 'Look at what is called at DATA: policy services, milters, a filter that is a proxy.',
      relay: 'systemctl status filtermail, and journalctl -u filtermail while a message is sent.',
      'postfix-dovecot': 'smtpd_data_restrictions, smtpd_milters and smtpd_proxy_filter in /etc/postfix/master.cf.',
    },
  },
  body: {
    text: 'the message is looked at before it is taken: a content filter, a milter, or a disk slow to sync',
    fix: {
      any: 'Look at filters that see the whole message before the 250, and at the time an fsync takes on the queue.',
      relay: 'systemctl status filtermail opendkim, and journalctl -u filtermail -u opendkim while a message is sent.',
      'postfix-dovecot': 'smtpd_proxy_filter and smtpd_milters in /etc/postfix/master.cf; ioping on the queue folder.',
    },
  },
  notify: {
    text: 'the message is in the queue, on its way to the mailbox, or the mailbox does not tell idle sessions at once',
    fix: {
      any: 'Look into the mail log for the delays of our Message-IDs: --server-log shows them here.',
      relay:
        'journalctl -u postfix@- -u dovecot: delays=a/b/c/d tells queue from delivery. The Dovecot of Debian adds 500 ms.',
      'postfix-dovecot':
        'delays=a/b/c/d in the mail log; raise fs.inotify.max_user_instances where sessions are told only by polling.',
    },
  },
  fetch: {
    text: 'the mailbox gives the message slowly: a busy store, a session that has to wake up first',
    fix: {
      any: 'Look at the disk of the mailboxes and at the load of the machine.',
      'postfix-dovecot':
        'mail_fsync and the disk of mail_location; imap_hibernate_timeout, since a session that wakes up costs time.',
    },
  },
}
