// How a server and its clients agree on TLS: versions, suites, names of hosts and of protocols.
import type { Requirement } from '../types.ts'
import { core, relay, rfc } from './sources.ts'

const versions = {
  relay:
    'Deploy anew with cmdeploy run: master.cf, dovecot.conf and nginx.conf as it writes them have the right versions.',
  'postfix-dovecot':
    'smtpd_tls_protocols = >=TLSv1.2 and smtpd_tls_mandatory_protocols = >=TLSv1.2 in /etc/postfix/main.cf, ssl_min_protocol = TLSv1.2 in dovecot.conf, ssl_protocols TLSv1.2 TLSv1.3; in nginx.conf.',
} as const

export const transportHandshakes = {
  'transport.speaks-modern-tls': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Speaks TLS 1.2 or newer on every port.',
    why: 'Apps and other servers know nothing older any more.',
    sources: [rfc(9325, '3.1.1'), relay('cmdeploy/nginx/nginx.conf.j2: ssl_protocols')],
    covers: ['TLS-6'],
    fix: { ...versions, any: 'Turn TLS 1.2 and 1.3 on, on every port.' },
  },
  'transport.speaks-tls-1.3': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'security',
    text: 'Speaks TLS 1.3 with apps.',
    why: 'It hides more of the handshake, has no weak choices left, and is a round trip faster. Relays take nothing else from apps.',
    sources: [
      rfc(9325, '3.1.1'),
      relay('cmdeploy/dovecot/dovecot.conf.j2: ssl_min_protocol; cmdeploy/postfix/master.cf.j2'),
    ],
    covers: ['TLS-1'],
    fix: { ...versions, any: 'Update the TLS library, and let no setting end at TLS 1.2.' },
  },
  'transport.refuses-legacy-tls': {
    level: 'should',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Refuses TLS 1.0 and 1.1.',
    why: 'They rest on hashes that are broken, and no program that could use a chatmail server needs them.',
    sources: [rfc(8996, '4'), relay('cmdeploy/nginx/nginx.conf.j2: ssl_protocols')],
    covers: ['TLS-6'],
    fix: { ...versions, any: 'Set TLS 1.2 as the oldest version, on every port.' },
  },
  'transport.refuses-weak-suites': {
    level: 'should',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Refuses cipher suites that encrypt nothing, need no certificate, or are broken (export, RC4, DES, 3DES).',
    why: 'Nobody who can read or change what passes on the line may be let in by a suite of the nineties.',
    sources: [rfc(9325, '4.1'), relay('cmdeploy/postfix/main.cf.j2: smtpd_tls_exclude_ciphers')],
    covers: ['TLS-7'],
    fix: {
      'postfix-dovecot':
        'smtpd_tls_exclude_ciphers = aNULL, eNULL, EXPORT, RC4, MD5, DES, 3DES in /etc/postfix/main.cf; ssl_cipher_list in dovecot.conf and ssl_ciphers in nginx.conf without them, and without @SECLEVEL=0.',
      any: 'Take the default list of a current TLS library, without @SECLEVEL=0.',
      relay: 'Deploy anew with cmdeploy run: main.cf as it writes it excludes them.',
    },
  },
  'transport.needs-no-server-name': {
    level: 'should',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'interop',
    text: 'Shows the certificate of its name also to clients that name no host in the handshake (no SNI), on its mail ports.',
    why: 'Delta Chat names none after STARTTLS, nor do many mail servers.',
    sources: [core('STARTTLS: no SNI, no ALPN'), rfc(6066, '3')],
    fix: {
      'postfix-dovecot':
        'The certificate of the domain must be the default: smtpd_tls_cert_file rather than tls_server_sni_maps alone, ssl_cert outside of local_name blocks.',
      any: 'Make the certificate of the domain the default of each mail service.',
    },
  },
  'transport.accepts-alpn-smtp': {
    level: 'should',
    basis: 'client-relies',
    impact: 'interop',
    promise: 'interop',
    text: 'Accepts a TLS handshake for submission that offers the protocol smtp by ALPN.',
    why: 'Delta Chat offers it on every port but 465 and 587. A server with another list refuses the connection.',
    sources: [core('ALPN smtp on custom ports'), rfc(7301, '3.2')],
    fix: { any: 'Take the ALPN list off the submission service, or put smtp on it.' },
  },
  'transport.serves-imap-on-443': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'interop',
    promise: 'convenience',
    text: 'Where its autoconfig lists it: reaches IMAP on port 443 for clients that offer imap by ALPN.',
    why: 'In many networks 443 is the only port that is open.',
    sources: [relay('cmdeploy/nginx/nginx.conf.j2: stream, ssl_preread'), core('IMAP on 443: ALPN imap')],
    covers: ['ALPN-1'],
    fix: {
      relay:
        'The map $ssl_preread_alpn_protocols in nginx.conf leads imap to 993: deploy anew with cmdeploy run, and install libnginx-mod-stream.',
      madmail: 'It has no such port as of 2.23.',
      any: 'Let nginx (stream, ssl_preread) lead connections to 443 that offer imap to port 993, or take 443 out of autoconfig.',
    },
  },
  'transport.serves-smtp-on-443': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'interop',
    promise: 'convenience',
    text: 'Where its autoconfig lists it: reaches submission on port 443 for clients that offer smtp by ALPN.',
    why: 'In many networks 443 is the only port that is open.',
    sources: [relay('cmdeploy/nginx/nginx.conf.j2: stream, ssl_preread'), core('SMTP on 443: ALPN smtp')],
    covers: ['ALPN-1'],
    fix: {
      relay:
        'The map $ssl_preread_alpn_protocols in nginx.conf leads smtp to 465: deploy anew with cmdeploy run, and install libnginx-mod-stream.',
      madmail: 'It has no such port as of 2.23.',
      any: 'Let nginx (stream, ssl_preread) lead connections to 443 that offer smtp to port 465, or take 443 out of autoconfig.',
    },
  },
} as const satisfies Record<string, Requirement>
