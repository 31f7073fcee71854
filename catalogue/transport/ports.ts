// Where a server can be reached: its ports, its addresses, its names, and its web redirects.
import type { Requirement } from '../types.ts'
import { core, record, relay, rfc } from './sources.ts'

export const transportPorts = {
  'transport.answers-on-client-ports': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'interop',
    promise: 'convenience',
    text: 'Answers on the ports 143, 443, 465, 587 and 993.',
    why: 'Networks let different ports pass. An app tries one after the other until it gets through.',
    sources: [relay('doc/source/overview.rst'), rfc(8314, '3')],
    covers: ['NET-1'],
    fix: {
      relay: 'Open them in the firewall; see ss -tlnp and systemctl status postfix dovecot nginx.',
      any: 'Let a service listen on each of them, and open them in the firewall.',
    },
  },
  'transport.answers-at-every-address': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'interop',
    promise: 'reliability',
    text: 'Answers at every address that DNS has for it, IPv4 and IPv6.',
    why: 'Some apps and servers take the first address they get, and wait for it in vain.',
    sources: [relay('cmdeploy/dns.py: A and AAAA'), rfc(8305, '1')],
    covers: ['DNS-1'],
    fix: {
      any: 'Let every service listen on IPv6, too (inet_protocols = all, listen = *, [::]) and open its firewall, or take the address out of DNS.',
    },
  },
  'transport.has-no-dead-mail-names': {
    level: 'may',
    basis: 'client-relies',
    impact: 'speed',
    promise: 'convenience',
    text: 'Has no names imap., smtp. or mail. that lead to a server which does not serve them.',
    why: 'Without autoconfig, apps try these names first. One that is silent costs a minute each; one with a wrong certificate, a warning.',
    sources: [core('src/configure.rs: candidates without autoconfig')],
    fix: {
      any: 'Take these names (or the wildcard) out of DNS, or put them into the certificate and serve them.',
    },
  },
  'transport.redirects-to-https': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Leads visitors of port 80 to https.',
    why: 'Who types the name by hand gets there, and nobody on the way can change the invite.',
    sources: [relay('cmdeploy/nginx/nginx.conf.j2: listen 80')],
    covers: ['WEB-1'],
    fix: {
      relay: 'Deploy anew with cmdeploy run: nginx.conf as it writes it redirects all but the ACME challenge.',
      any: 'return 301 https://$host$request_uri; in the nginx server of port 80, but for /.well-known/acme-challenge/.',
    },
  },
  'transport.redirects-www': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'ergonomics',
    promise: 'convenience',
    text: 'Leads visitors of its name with www. in front to the name itself.',
    why: 'People write it out of habit, and invites work from the name alone.',
    sources: [relay('cmdeploy/nginx/nginx.conf.j2: server_name www')],
    covers: ['WEB-2', 'DNS-3'],
    fix: {
      ...record(
        'www.DOMAIN. CNAME DOMAIN.',
        ', and have www.DOMAIN in the certificate; it redirects to https://DOMAIN.',
      ),
    },
  },
} as const satisfies Record<string, Requirement>
