// Delivery: who gets a message, and who hears that somebody could not.
import type { Requirement } from '../types.ts'

export const recipients = {
  'delivery.reaches-every-recipient': {
    level: 'must',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers a message to each of its recipients.',
    why: 'Group messages are one transaction with many recipients. Who is left out does not see part of the talk, and nobody notices.',
    sources: [{ title: 'RFC 5321, section 3.3', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-3.3' }],
    covers: ['OUT-1'],
    fix: {
      any: 'Check that filter and delivery hand on every RCPT, not only the first.',
      relay: 'Look for lmtp errors of single recipients: journalctl -u postfix@- | grep lmtp.',
      'postfix-dovecot':
        'With a pipe transport, do not use $recipient for several at once: lmtp, or a limit of one recipient (postconf(5), transport_destination_recipient_limit).',
    },
  },
  'delivery.delivers-to-self': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers to users what they send to themselves, alone or beside other recipients.',
    why: 'The other devices of the sender learn from this copy what was written, and saved messages are nothing else.',
    sources: [{ title: 'chatmail/core, src/mimefactory.rs and src/chat.rs: bcc_self' }],
    covers: ['OUT-1'],
    fix: { any: 'Remove the rule that drops or files away mail from oneself.' },
  },
  'delivery.delivers-once-to-repeated-recipient': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers one copy to a recipient who is named twice in one transaction.',
    why: 'Clients join lists of recipients. Copies wake the phone again for nothing.',
    sources: [
      {
        title: 'Postfix, duplicate_filter_limit',
        url: 'https://www.postfix.org/postconf.5.html#duplicate_filter_limit',
      },
    ],
    fix: {
      any: 'Join equal recipients of a transaction before delivery.',
      'postfix-dovecot': 'postconf -e duplicate_filter_limit=1000, which is the default.',
    },
  },
  'delivery.delivers-same-message-to-more-recipients': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers a message with the Message-ID of an earlier one to the recipients who have not had it, and to them alone.',
    why: 'Delta Chat splits large groups into several transactions of the same octets. A server that knows the Message-ID already must still deliver.',
    sources: [{ title: 'chatmail/core, src/smtp.rs: recipients in chunks of maxsmtprecipients' }],
    fix: {
      any: 'Suppress duplicates per mailbox, if at all, and never per server.',
      'postfix-dovecot': 'Sieve "duplicate" is per user and harmless; look for a filter that remembers Message-IDs.',
    },
  },
  'delivery.folds-recipient-case': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers to an address in whatever case it is written.',
    why: 'Keyboards capitalise what is typed. To the user who types it, an address in capitals is the same address.',
    sources: [
      { title: 'RFC 5321, section 2.4', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-2.4' },
      { title: 'chatmail/relay and madmail fold the case of addresses' },
    ],
    fix: {
      any: 'Fold addresses to lower case before looking up the mailbox.',
      'postfix-dovecot': 'Set auth_username_format = %Lu in dovecot.conf.',
    },
  },
  'delivery.delivers-plus-addresses': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers mail for user+tag to the user, or refuses or returns it, but never drops it.',
    why: 'People use tags to tell their correspondents apart, and what is accepted must not vanish.',
    sources: [
      { title: 'RFC 5233', url: 'https://www.rfc-editor.org/rfc/rfc5233' },
      { title: 'Postfix and Dovecot, recipient_delimiter' },
    ],
    covers: ['PLUS-1'],
    fix: {
      any: 'Treat what follows + as a tag.',
      relay: 'recipient_delimiter = + in dovecot.conf, which is its default.',
      'postfix-dovecot': 'postconf -e recipient_delimiter=+, and the same in dovecot.conf.',
    },
  },
  'delivery.bounces-unknown-user': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Tells a sender of its own when a recipient does not exist, by a message that names the recipient.',
    why: 'Accounts go away after months without use. Without a report the sender waits for an answer that cannot come.',
    sources: [
      { title: 'RFC 5321, section 6.1', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-6.1' },
      { title: 'chatmail/relay, tests: bounces for unknown local users' },
    ],
    covers: ['BNC-1', 'SUB-10'],
    fix: {
      any: 'Return undeliverable mail with a delivery report (RFC 3464).',
      relay: 'Look for the bounce in the log: journalctl -u postfix@- | grep bounce.',
      madmail: 'madmail drops such mail silently; there is no setting for it.',
    },
  },
  'delivery.bounces-unknown-domain': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Tells the sender at once when the domain of a recipient does not exist.',
    why: 'A mistyped address should be noticed in seconds, not after the queue has given up days later.',
    sources: [
      { title: 'RFC 5321, section 5.1', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-5.1' },
      { title: 'chatmail/filtermail, transport: 512 Domain does not exist' },
    ],
    covers: ['SUB-10'],
    fix: {
      any: 'Take an NXDOMAIN as final, and check that the resolver of the server tells it from a failure.',
      relay: 'Check unbound: systemctl status unbound, and resolvectl query example.invalid.',
    },
  },
  'delivery.bounces-readably': {
    level: 'should',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Sends delivery reports as multipart/report from mailer-daemon, with the failed recipient in machine-readable form.',
    why: 'Delta Chat downloads no other unencrypted mail, and marks the message as failed by what the report says. Any other form goes unseen.',
    sources: [
      { title: 'RFC 3464, section 2', url: 'https://www.rfc-editor.org/rfc/rfc3464#section-2' },
      { title: 'chatmail/core, src/imap.rs and src/mimeparser.rs: delivery reports' },
    ],
    covers: ['BNC-1'],
    fix: {
      any: 'Use the delivery reports of the mail server as they are: multipart/report, From: MAILER-DAEMON@DOMAIN.',
      'postfix-dovecot':
        'Do not rewrite bounces by header_checks or a canonical map; bounce_template_file changes only the text.',
    },
  },
} as const satisfies Record<string, Requirement>
