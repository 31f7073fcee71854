// Delivery: how clients talk to the submission server, and what it allows at least.
import type { Requirement } from '../types.ts'

export const sessions = {
  'delivery.accepts-client-parameters': {
    level: 'must',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'interop',
    text: 'Takes the MAIL parameters BODY=8BITMIME and SMTPUTF8 where it offers these extensions.',
    why: 'Delta Chat sends both with every message as soon as the server offers them. A refusal stops all sending.',
    sources: [
      { title: 'RFC 6152, section 3', url: 'https://www.rfc-editor.org/rfc/rfc6152#section-3' },
      { title: 'RFC 6531, section 3.4', url: 'https://www.rfc-editor.org/rfc/rfc6531#section-3.4' },
      { title: 'chatmail/core, src/smtp/send.rs' },
    ],
    covers: ['DSN-1'],
    fix: {
      any: 'Take the parameters, or stop offering the extensions in the reply to EHLO.',
      'postfix-dovecot':
        'With a proxy filter that cannot do them: smtpd_discard_ehlo_keywords = 8bitmime, smtputf8 in /etc/postfix/main.cf.',
    },
  },
  'delivery.accepts-offered-parameters': {
    level: 'should',
    basis: 'standard',
    impact: 'interop',
    promise: 'interop',
    text: 'Takes the parameters SIZE, RET, ENVID, NOTIFY and ORCPT where it offers SIZE and DSN.',
    why: 'Other mail programs use what is offered, and fail where the offer is not kept.',
    sources: [
      { title: 'RFC 3461, section 4', url: 'https://www.rfc-editor.org/rfc/rfc3461#section-4' },
      { title: 'RFC 1870, section 3', url: 'https://www.rfc-editor.org/rfc/rfc1870#section-3' },
    ],
    covers: ['DSN-1'],
    fix: {
      any: 'Take the parameters, or stop offering the extensions in the reply to EHLO.',
      'postfix-dovecot': 'smtpd_discard_ehlo_keywords = dsn in /etc/postfix/main.cf, if a filter behind cannot do it.',
    },
  },
  'delivery.delivers-over-starttls': {
    level: 'should',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Takes and delivers mail on the submission port after STARTTLS, where it has that port open.',
    why: 'Some networks block port 465; clients then try 587, and expect the same service there.',
    sources: [
      { title: 'RFC 8314, section 3.3', url: 'https://www.rfc-editor.org/rfc/rfc8314#section-3.3' },
      { title: 'chatmail/relay, autoconfig.xml.j2: 465, 587 and 443' },
    ],
    covers: ['TLS-3'],
    fix: {
      any: 'Offer STARTTLS on 587 and configure it like 465.',
      'postfix-dovecot':
        'In /etc/postfix/master.cf give the service submission the same -o lines as submissions, with smtpd_tls_security_level=encrypt.',
    },
  },
  'delivery.takes-pipelined-commands': {
    level: 'should',
    basis: 'standard',
    impact: 'interop',
    promise: 'interop',
    text: 'Takes MAIL, RCPT and DATA sent in one packet, where it offers PIPELINING.',
    why: 'Mail programs and other servers save round trips by it, and hang or fail where the offer is not kept.',
    sources: [{ title: 'RFC 2920, section 3.2', url: 'https://www.rfc-editor.org/rfc/rfc2920#section-3.2' }],
    covers: ['DSN-1'],
    fix: {
      any: 'Answer every command in order, or stop offering PIPELINING.',
      'postfix-dovecot': 'smtpd_discard_ehlo_keywords = pipelining in /etc/postfix/main.cf.',
    },
  },
  'delivery.takes-several-messages': {
    level: 'should',
    basis: 'client-relies',
    impact: 'speed',
    promise: 'speed',
    text: 'Takes several messages one after the other in one session.',
    why: 'Delta Chat keeps its session for a minute. If the server has dropped it, the next message waits up to half a minute.',
    sources: [
      { title: 'RFC 5321, section 3.3', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-3.3' },
      { title: 'chatmail/core, src/smtp.rs: the connection is reused for 60 s' },
    ],
    fix: { any: 'Do not end the session after a message; let the client do that.' },
  },
  'delivery.stays-usable-after-refusal': {
    level: 'should',
    basis: 'standard',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Goes on with the next message in the same session after it has refused one, to the recipients of that next one alone.',
    why: 'The queue of a client is in order: what hangs after a refusal holds up everything behind it.',
    sources: [
      { title: 'RFC 5321, section 3.8 and 4.1.1.4', url: 'https://www.rfc-editor.org/rfc/rfc5321#section-3.8' },
    ],
    fix: {
      any: 'Reset the transaction after a refusal, and keep the connection between server and filter usable.',
      relay: 'Update filtermail: old versions end their connection to Postfix after a refusal.',
    },
  },
  'delivery.advertises-size': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Advertises by SIZE that it takes messages of 30 MiB or more.',
    why: 'Users share films and apps of that size, and the same file should pass on every chatmail server.',
    sources: [
      { title: 'RFC 1870, section 3', url: 'https://www.rfc-editor.org/rfc/rfc1870#section-3' },
      { title: 'chatmail/relay, chatmail.ini: max_message_size = 31457280' },
    ],
    covers: ['SIZE-1'],
    fix: {
      any: 'Set the size limit to 31457280 octets or more.',
      relay: 'max_message_size = 31457280 in chatmail.ini, then cmdeploy run.',
      'postfix-dovecot': 'postconf -e message_size_limit=31457280',
    },
  },
  'delivery.accepts-burst-of-ten': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Takes ten messages in a row from an account that has rested.',
    why: 'Coming back from a tunnel, a phone sends all at once what was written meanwhile. No annoying rate limits, it is promised.',
    sources: [
      { title: 'chatmail/relay, chatmail.ini: max_user_send_burst_size = 10' },
      { title: 'chatmail/filtermail, src/outbound.rs' },
    ],
    covers: ['RATE-1'],
    fix: {
      any: 'Let a sender have a burst of ten before the rate counts.',
      relay: 'max_user_send_burst_size = 10 in chatmail.ini, then cmdeploy run.',
      'postfix-dovecot':
        'Raise the burst of the policy service (postfwd, policyd-rate-limit) or smtpd_client_message_rate_limit.',
    },
  },
} as const satisfies Record<string, Requirement>
