// What a chatmail server owes its users: sending begins with TLS and a login, and nothing is taken without.
import { core } from '../encryption/sources.ts'
import { rfc } from '../imap/sources.ts'
import type { Requirement } from '../types.ts'

const secures = { basis: 'standard', impact: 'security', promise: 'security' } as const

const tlsFirst = {
  relay: 'Check smtpd_tls_security_level=encrypt and smtpd_tls_auth_only=yes; scripts/cmdeploy run puts them back.',
  'postfix-dovecot':
    'On the submission service in /etc/postfix/master.cf: -o smtpd_tls_security_level=encrypt and -o smtpd_tls_auth_only=yes.',
  any: 'Answer 530 to everything but EHLO, STARTTLS, NOOP and QUIT until TLS is on, and name AUTH only afterwards.',
} as const

export const senderSession = {
  'sender.requires-login': {
    ...secures,
    level: 'must',
    text: 'Takes mail on the submission ports only from those who have logged in.',
    why: 'Without a login anybody on the internet can send as a user of this host, and the host becomes a source of spam.',
    sources: [rfc(6409, '4.3'), { title: 'chatmail/relay, postfix/master.cf: mua_client_restrictions' }],
    covers: ['SUB-1'],
    fix: {
      relay:
        'The submission services in /etc/postfix/master.cf have smtpd_client_restrictions=$mua_client_restrictions, which is permit_sasl_authenticated,reject; cmdeploy run puts it back.',
      'postfix-dovecot':
        'On the submission services in /etc/postfix/master.cf: -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject. Mind that mynetworks may exempt clients near the server.',
      any: 'Refuse MAIL or RCPT before a login.',
    },
  },
  'sender.requires-tls': {
    ...secures,
    level: 'must',
    text: 'Takes no mail on port 587 before STARTTLS.',
    why: 'Who writes to whom would be readable on the way.',
    sources: [rfc(3207, '4'), rfc(8314, '3.3')],
    covers: ['TLS-3'],
    fix: tlsFirst,
  },
  'sender.hides-login-before-tls': {
    ...secures,
    level: 'must',
    text: 'Announces no AUTH on port 587 before STARTTLS.',
    why: 'Clients that see AUTH may send the password in clear.',
    sources: [rfc(4954, '4'), rfc(8314, '3.3')],
    covers: ['TLS-4'],
    fix: tlsFirst,
  },
  'sender.refuses-login-before-tls': {
    ...secures,
    level: 'must',
    text: 'Refuses a login on port 587 before STARTTLS, before any password was sent.',
    why: 'A client that somebody on the way keeps from using TLS must not get as far as its password.',
    sources: [rfc(4954, '4'), rfc(8314, '3.3')],
    covers: ['TLS-4'],
    fix: tlsFirst,
  },
  'sender.discards-commands-injected-before-tls': {
    ...secures,
    level: 'must',
    text: 'Never runs inside TLS what was sent in the clear behind STARTTLS on port 587.',
    why: 'Somebody on the way could put commands of his own in front of the ones that the user sends inside TLS (CVE-2011-0411 and its kin).',
    sources: [
      rfc(3207, '4.2'),
      { title: 'NO STARTTLS, USENIX Security 2021', url: 'https://nostarttls.secvuln.info/' },
    ],
    fix: { any: 'Update the mail server: it must empty its input buffer when TLS begins. Postfix does since 2.7.3.' },
  },
  'sender.serves-starttls': {
    level: 'should',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'convenience',
    text: 'Lets users log in on port 587 after STARTTLS.',
    why: 'Some networks let only 587 through, and clients try it when 465 does not answer.',
    sources: [rfc(6409, '3.1'), rfc(3207, '4'), core('tries 465 with TLS, then 587 with STARTTLS')],
    covers: ['TLS-3'],
    fix: {
      relay:
        'The submission service in /etc/postfix/master.cf must be there, as cmdeploy run writes it; see journalctl -u postfix@-.',
      'postfix-dovecot': 'Enable the submission service in /etc/postfix/master.cf and give it smtpd_tls_cert_file.',
      any: 'Offer STARTTLS on 587 with the certificate of the other ports.',
    },
  },
  'sender.offers-plain-login': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Offers AUTH PLAIN once TLS is on.',
    why: 'It is what Delta Chat and every mail program log in with. Without it an account is made but cannot send.',
    sources: [rfc(4954, '3'), rfc(4616, '2'), core('AUTH PLAIN with an initial response')],
    covers: ['ACC-12'],
    fix: { any: 'auth_mechanisms = plain in Dovecot, smtpd_sasl_auth_enable = yes in Postfix.' },
  },
  'sender.offers-working-logins': {
    level: 'should',
    basis: 'standard',
    impact: 'interop',
    promise: 'interop',
    text: 'Lets the owner in by each of PLAIN and LOGIN that it announces.',
    why: 'Mail programs take the first one they know and give up when it fails.',
    sources: [rfc(4954, '3')],
    covers: ['ACC-12'],
    fix: { any: 'Announce only what the password store can serve: auth_mechanisms in Dovecot decides for both.' },
  },
  'sender.login-mechanisms': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'interop',
    promise: 'interop',
    text: 'Is seen to announce these login mechanisms; the relay has PLAIN alone.',
    why: 'Each further mechanism is one more to go wrong; clients need none of them.',
    sources: [rfc(4954, '3'), { title: 'chatmail/relay, dovecot.conf: auth_mechanisms = plain' }],
    covers: ['ACC-12'],
    fix: { any: 'auth_mechanisms = plain in Dovecot.' },
  },
  'sender.accepts-address-literal': {
    level: 'must',
    basis: 'client-relies',
    impact: 'delivery',
    promise: 'convenience',
    text: 'Takes mail from clients that say EHLO with an address literal, as Delta Chat always does: [127.0.0.1].',
    why: 'A phone has no name of its own. A server that wants one can receive for its users but not send.',
    sources: [rfc(5321, '4.1.3'), rfc(5321, '4.1.4'), core('EHLO [127.0.0.1]')],
    covers: ['SUB-2'],
    fix: {
      'postfix-dovecot':
        'Take reject_unknown_helo_hostname and checks of [127.0.0.1] out of smtpd_helo_restrictions on the submission services.',
      any: 'Do not check the EHLO name of users who log in.',
    },
  },
} as const satisfies Record<string, Requirement>
