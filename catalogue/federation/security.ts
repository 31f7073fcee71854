// What a chatmail server owes its users about the line to other servers: encrypted, and to nobody else.
import type { Requirement } from '../types.ts'
import { relay, rfc, transport } from './sources.ts'

const verify = {
  relay: 'filtermail-transport does so by itself (1.11 and later); before: smtp_tls_security_level=verify in main.cf.',
  'postfix-dovecot':
    'smtp_tls_security_level = secure (or verify) and smtp_tls_CAfile in /etc/postfix/main.cf; exceptions in smtp_tls_policy_maps.',
  any: 'Demand STARTTLS, a chain to a public root and the name of the exchange; wait and try again otherwise.',
} as const

export const security = {
  'federation.requires-tls': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'security',
    text: 'Sends nothing to a server that offers no TLS.',
    why: 'Who writes to whom would be readable on the way, and anybody in between can take the offer of TLS away.',
    sources: [transport, relay('cmdeploy/postfix/main.cf.j2'), rfc(3207, '6')],
    covers: ['OUT-6'],
    fix: { ...verify, madmail: 'madmail 2.23 sends in clear where no TLS is offered; no setting is known.' },
  },
  'federation.verifies-certificates': {
    level: 'should',
    basis: 'deployed-practice',
    impact: 'privacy',
    promise: 'security',
    text: 'Sends nothing to a server whose certificate nobody known has signed, or is for another name, or has expired.',
    why: 'TLS without a look at the certificate may end at whoever sits in between.',
    sources: [transport, relay('cmdeploy/postfix/main.cf.j2')],
    covers: ['OUT-6'],
    fix: { ...verify, madmail: 'madmail 2.23 believes any certificate; no setting is known.' },
  },
  'federation.reaches-private-names': {
    level: 'may',
    basis: 'deployed-practice',
    impact: 'interop',
    promise: 'interop',
    text: 'Delivers to domains that begin with an underscore, whose certificates nobody has signed.',
    why: 'No authority signs such names; chatmail servers use them for trials and in closed networks.',
    sources: [transport, relay('CHANGELOG.md, 1.10.0: self-signed relays')],
    covers: ['IP-4'],
    fix: { relay: 'Update to 1.11 or later.', any: 'Demand TLS for such domains, and any certificate.' },
  },
} as const satisfies Record<string, Requirement>
