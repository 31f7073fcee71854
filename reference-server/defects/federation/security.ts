// Defects of the line to other servers.
import type { Defect } from '../types.ts'

export const securityDefects = {
  'sends-in-clear': {
    violates: 'federation.requires-tls',
    title: 'sends mail to other servers without TLS',
    alsoFails: [
      'federation/refuses-unknown-authority',
      'federation/refuses-unknown-authority-by-https',
      'federation/refuses-other-name',
      'federation/refuses-expired',
    ],
    behaviour: { outbound: { transport: { startTls: 'never' } } },
  },
  'sends-in-clear-if-need-be': {
    violates: 'federation.requires-tls',
    title: 'sends mail in clear to servers that offer no TLS',
    behaviour: { outbound: { transport: { startTls: 'offered' } } },
  },
  'believes-any-certificate': {
    violates: 'federation.verifies-certificates',
    title: 'believes any certificate of another server',
    behaviour: { outbound: { transport: { verifies: 'nobody' } } },
  },
  'compares-no-names': {
    violates: 'federation.verifies-certificates',
    title: 'believes every signed certificate of another server, whoever it is for',
    behaviour: { outbound: { transport: { comparesName: false } } },
  },
  'believes-no-private-names': {
    violates: 'federation.reaches-private-names',
    title: 'wants a signed certificate even of servers whose names nobody signs',
    behaviour: { outbound: { transport: { verifies: 'all' } } },
  },
} as const satisfies Record<string, Defect>
