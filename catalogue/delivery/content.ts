// Delivery: what of a message must arrive as it was sent.
import type { Requirement } from '../types.ts'

export const content = {
  'delivery.keeps-bytes': {
    level: 'must',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers the encrypted body octet for octet.',
    why: 'One octet changed in an encrypted message and it cannot be read at all.',
    sources: [
      { title: 'RFC 5321, section 2.3.1 and 6.4', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-6.4' },
      { title: 'RFC 3156, section 3', url: 'https://www.rfc-editor.org/rfc/rfc3156#section-3' },
    ],
    covers: ['HDR-5'],
    fix: {
      any: 'Turn off whatever edits bodies: footers, virus scanner banners, line folding, end-of-line conversion.',
      'postfix-dovecot': 'Look for altermime, a milter that replaces bodies, or pipe transports with the flag h or u.',
    },
  },
  'delivery.keeps-long-lines': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Leaves lines of up to 998 octets as they are.',
    why: 'So long a line is legal, and other OpenPGP programs do not break theirs as Delta Chat does.',
    sources: [{ title: 'RFC 5322, section 2.1.1', url: 'https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1' }],
    covers: ['HDR-5'],
    fix: {
      any: 'Do not fold lines below 998 octets.',
      'postfix-dovecot': 'postconf smtp_line_length_limit lmtp_line_length_limit should say 998 or more.',
    },
  },
  'delivery.keeps-odd-octets': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Delivers any legal line as it is: with dots at its beginning, letters beyond ASCII, spaces at its end.',
    why: 'A text of one dot is a text, too. Servers that mistreat it break other messages at random.',
    sources: [
      { title: 'RFC 5321, section 4.5.2', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.5.2' },
      { title: 'RFC 6152', url: 'https://www.rfc-editor.org/rfc/rfc6152' },
      { title: 'chatmail/cmlxc, src/relay_minitest/test_relay.py: test_send_dot' },
    ],
    covers: ['HDR-5', 'ASM-1'],
    fix: {
      any: 'Undo dot-stuffing exactly once, pass octets above 127 on, and trim nothing.',
      'postfix-dovecot':
        'Leave disable_mime_output_conversion at no and keep mbox out of it: mail_location = maildir:~/Maildir.',
    },
  },
  'delivery.keeps-message-id': {
    level: 'must',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Leaves the Message-ID of a message as it is.',
    why: 'Replies, reactions, deletions and read receipts name messages by it. Another one and they point at nothing.',
    sources: [
      { title: 'RFC 5322, section 3.6.4', url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4' },
      { title: 'chatmail/core, src/receive_imf.rs: rfc724_mid' },
    ],
    covers: ['HDR-7'],
    fix: {
      any: 'Add a Message-ID only where there is none, and never rewrite one.',
      'postfix-dovecot': 'Look for Message-ID rules in smtp_header_checks and header_checks.',
    },
  },
  'delivery.keeps-date': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'privacy',
    text: 'Delivers a message whose Date is days old, and leaves that Date as it is.',
    why: 'Delta Chat blurs the outer date on purpose, by up to six days. A filter that takes this for spam loses messages, and the true time tells what was to be hidden.',
    sources: [
      { title: 'RFC 5322, section 3.6.1', url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.1' },
      { title: 'chatmail/core, src/mimefactory.rs: outer Date' },
    ],
    fix: {
      any: 'Remove the rule that files away or rewrites mail with an old Date.',
      'postfix-dovecot': 'Look into Sieve scripts, and into the rule DATE_IN_PAST of a spam filter.',
    },
  },
  'delivery.keeps-recipients-hidden': {
    level: 'must',
    basis: 'client-relies',
    impact: 'privacy',
    promise: 'privacy',
    text: 'Writes no addresses into a To field that names none.',
    why: 'Who is in a group is nobody\'s business but the group\'s: Delta Chat writes `To: "hidden-recipients": ;` and keeps the names inside.',
    sources: [
      { title: 'RFC 5322, section 3.4: group', url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.4' },
      { title: 'RFC 5321, section 7.2', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-7.2' },
    ],
    fix: {
      any: 'Do not fill To from the envelope.',
      'postfix-dovecot': 'Unset always_add_missing_headers and remove header rules for To.',
    },
  },
  'delivery.keeps-part-headers': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'interop',
    promise: 'reliability',
    text: 'Leaves the header fields of the parts of a message as they are.',
    why: 'The clean-up of the head of a message is for what names the sender. In a part it changes the body, and so breaks what is signed.',
    sources: [{ title: 'chatmail/relay, CHANGELOG.md, 1.12: disable_mime_input_processing' }],
    covers: ['HDR-3'],
    fix: {
      relay: 'Update the relay: since 1.12 its header rules leave the parts alone.',
      'postfix-dovecot': 'disable_mime_input_processing = yes, or header_checks without mime_header_checks.',
      any: 'Apply rules for headers to the head of the message only.',
    },
  },
  'delivery.keeps-headers': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'reliability',
    text: 'Leaves From, Chat-Version, Chat-Is-Post-Message, MIME-Version and Content-Type as they are.',
    why: 'Clients decide by these what to download and how to take it apart. A boundary in another case splits nothing.',
    sources: [
      { title: 'RFC 2046, section 5.1.1', url: 'https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1' },
      { title: 'chatmail/core, src/imap.rs: prefetched header fields' },
    ],
    covers: ['HDR-5'],
    fix: {
      any: "Remove only what names the sender's program or address.",
      relay: "Compare /etc/postfix/submission_header_cleanup with the one of the relay's release.",
      'postfix-dovecot': 'Look into header_checks, smtp_header_checks and milters.',
    },
  },
  'delivery.delivers-large-messages': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Delivers a message of 1 MB whole.',
    why: 'A photo or a voice message is about that large.',
    sources: [
      { title: 'RFC 5321, section 4.5.3.1.7', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.7' },
      { title: 'chatmail/core: attachments over 140 kB go as a message of their own' },
    ],
    fix: {
      any: 'Raise the size limits of every daemon on the way, filter and mail store included.',
      relay: 'max_message_size in chatmail.ini, then cmdeploy run.',
      'postfix-dovecot': 'postconf message_size_limit mailbox_size_limit; quota_max_mail_size in dovecot.conf.',
    },
  },
  'delivery.delivers-very-large-messages': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Delivers messages of many megabytes whole, as far as it says that it takes them.',
    why: 'Films and webxdc apps are that large, and what the server advertises as its size must hold up to the mailbox.',
    sources: [
      { title: 'RFC 1870, section 4', url: 'https://www.rfc-editor.org/rfc/rfc1870#section-4' },
      { title: 'chatmail/relay, chatmail.ini: max_message_size = 31457280' },
    ],
    fix: {
      any: 'Raise the size limits and timeouts of every daemon on the way, filter and mail store included.',
      relay: 'max_message_size in chatmail.ini, then cmdeploy run.',
      'postfix-dovecot': 'postconf message_size_limit mailbox_size_limit; quota_max_mail_size in dovecot.conf.',
    },
  },
} as const satisfies Record<string, Requirement>
