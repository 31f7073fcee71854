// What a server's certificates owe to those who connect.
import type { Requirement } from '../types.ts'
import { relay, rfc } from './sources.ts'

const deployed = relay('cmdeploy/deployers.py: get_tls_deployer; cmdeploy/acmetool')

export const transportCertificates = {
  'transport.certificate-is-trusted': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Shows, on every port, a certificate that a known authority vouches for, with all that lies between the two.',
    why: 'Apps and other servers refuse the connection otherwise. Browsers often find a missing link of the chain by themselves; mail programs do not.',
    sources: [rfc(5280, '6.1'), rfc(8446, '4.4.2'), deployed],
    covers: ['TLS-8', 'TLS-9'],
    fix: {
      relay:
        'Run cmdeploy run: acmetool gets the certificate, and Postfix, Dovecot and nginx take fullchain from /var/lib/acme/live/DOMAIN/.',
      'postfix-dovecot':
        'Name the file with the whole chain, leaf first (fullchain.pem), in smtpd_tls_cert_file (/etc/postfix/main.cf), in ssl_cert (Dovecot 2.3) or ssl_server_cert_file (2.4), and in ssl_certificate (nginx), then reload all three.',
      any: 'Give every service the file with the whole chain (fullchain.pem), not the leaf alone (cert.pem), and reload it.',
    },
  },
  'transport.certificate-carries-name': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Shows, on every port, a certificate that carries the name by which the server is reached.',
    why: 'Apps and other servers refuse one made out to somebody else: that is how they know whom they talk to.',
    sources: [rfc(9525, '6'), deployed],
    covers: ['TLS-8'],
    fix: {
      relay:
        'mail_domain in chatmail.ini must be the name that people use; cmdeploy run then asks for a certificate for it, www. and mta-sts.',
      any: 'Ask for a certificate with the domain itself, www. and mta-sts. as subject alternative names, and give it to every service.',
    },
  },
  'transport.certificate-is-in-date': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'reliability',
    text: 'Shows, on every port, a certificate that is valid today.',
    why: 'From the day it expires nobody gets in any more, and no mail comes from other servers.',
    sources: [rfc(5280, '4.1.2.5')],
    fix: {
      relay:
        'See systemctl status acmetool-reconcile and journalctl -u acmetool-reconcile; port 80 must be open for the proof that the name is yours.',
      'postfix-dovecot':
        'Renew it, then reload every service from a deploy hook: systemctl reload postfix dovecot nginx. A service that was not reloaded goes on with the old one.',
      any: 'Renew it, and reload every service: one that was not reloaded goes on with the old one.',
    },
  },
  'transport.certificate-is-renewed-in-time': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'delivery',
    promise: 'reliability',
    text: 'Shows certificates with at least a quarter of their life left, or 14 days where that is less.',
    why: 'Renewal starts weeks before the end. What is late today is an outage soon.',
    sources: [relay('cmdeploy/acmetool: acmetool-reconcile.timer, daily')],
    fix: {
      relay: 'See systemctl list-timers acmetool-reconcile.timer and journalctl -u acmetool-reconcile.',
      any: 'Look at the timer that renews certificates, and at the hook that reloads the services afterwards.',
    },
  },
  'transport.keys-are-strong': {
    level: 'must',
    basis: 'standard',
    impact: 'security',
    promise: 'security',
    text: 'Has certificates with keys that nobody can compute: RSA of 2048 bits, elliptic curves of 256.',
    why: 'Whoever finds the key can be the server. Many programs of today refuse shorter keys altogether.',
    sources: [rfc(9325, '4.5'), relay('cmdeploy/acmetool/target.yaml.j2: ECDSA on nistp256')],
    covers: ['TLS-8'],
    fix: { any: 'Make a new key, ECDSA on P-256 or RSA of 2048 bits, and a certificate for it.' },
  },
  'transport.shows-one-certificate': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'security',
    promise: 'reliability',
    text: 'Shows the same certificate on all its mail ports, and the same or another good one on the web.',
    why: 'Where they differ, one service was forgotten at the last renewal, and is the one that will fail.',
    sources: [deployed],
    covers: ['TLS-8'],
    fix: {
      relay: 'Run cmdeploy run, which gives all services the same files and reloads them.',
      'postfix-dovecot':
        'smtpd_tls_cert_file (Postfix) and ssl_cert or ssl_server_cert_file (Dovecot) must name the same file; reload both after each renewal.',
      any: 'Give all services the same certificate, and reload all of them after each renewal.',
    },
  },
} as const satisfies Record<string, Requirement>
