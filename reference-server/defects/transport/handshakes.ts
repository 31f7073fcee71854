// Defects of what is agreed on in a handshake: versions, suites, names of hosts and of protocols.
import type { Defect } from '../types.ts'

const onlyImap = [{ offer: 'imap', service: 'imaps' }] as const

export const transportHandshakeDefects = {
  'knows-old-tls-only-on-port-25': {
    violates: 'transport.speaks-modern-tls',
    title: 'speaks nothing newer than TLS 1.1 on port 25',
    behaviour: { tls: { relayFrom: 'TLSv1', relayUpTo: 'TLSv1.1', securityLevel: { relay: 0 } } },
  },
  'stops-at-tls-1.2': {
    violates: 'transport.speaks-tls-1.3',
    title: 'speaks nothing newer than TLS 1.2 with apps',
    behaviour: { tls: { clientPortsFrom: 'TLSv1.2', clientPortsUpTo: 'TLSv1.2' } },
  },
  'stops-at-tls-1.2-on-443': {
    violates: 'transport.speaks-tls-1.3',
    title: 'speaks nothing newer than TLS 1.2 on the web',
    behaviour: { tls: { webUpTo: 'TLSv1.2' } },
  },
  'takes-tls-1.0': {
    violates: 'transport.refuses-legacy-tls',
    title: 'takes TLS 1.0 from apps',
    behaviour: { tls: { clientPortsFrom: 'TLSv1', securityLevel: { mail: 0 } } },
  },
  'takes-tls-1.1-on-443': {
    violates: 'transport.refuses-legacy-tls',
    title: 'takes TLS 1.1 on the web',
    behaviour: { tls: { webFrom: 'TLSv1.1', securityLevel: { web: 0 } } },
  },
  'takes-suites-without-encryption': {
    violates: 'transport.refuses-weak-suites',
    title: 'takes cipher suites that encrypt nothing',
    behaviour: { tls: { clientPortsFrom: 'TLSv1.2', securityLevel: { mail: 0 }, weakSuites: ['eNULL'] } },
  },
  'takes-suites-without-certificate': {
    violates: 'transport.refuses-weak-suites',
    title: 'takes cipher suites on port 25 that show no certificate',
    behaviour: { tls: { securityLevel: { relay: 0 }, weakSuites: ['aNULL'] } },
  },
  'demands-host-name-for-submission': {
    violates: 'transport.needs-no-server-name',
    title: 'cuts submission clients off that name no host in the handshake',
    behaviour: { tls: { requiresServerName: true } },
  },
  'wants-other-protocol-on-465': {
    violates: 'transport.accepts-alpn-smtp',
    title: 'refuses handshakes for submission that offer smtp by ALPN',
    alsoFails: ['transport/serves-smtp-on-443', 'onboarding/autoconfig-endpoints-work'],
    behaviour: { tls: { alpn: ['submission'] } },
  },
  'lists-443-for-the-web-alone': {
    violates: 'transport.serves-imap-on-443',
    title: 'lists mail on port 443, where only the web is',
    alsoFails: ['transport/serves-smtp-on-443', 'onboarding/autoconfig-endpoints-work'],
    behaviour: { tls: { sharedPort: [] }, web: { autoconfig: { listsSharedPort: 'always' } } },
  },
  'lists-443-without-submission': {
    violates: 'transport.serves-smtp-on-443',
    title: 'lists submission on port 443, and leads only IMAP there',
    alsoFails: ['onboarding/autoconfig-endpoints-work'],
    behaviour: { tls: { sharedPort: onlyImap } },
  },
} as const satisfies Record<string, Defect>
