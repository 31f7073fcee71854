// What a chatmail server owes its users: a line to it that is safe and can be found, by TLS, ports and DNS.
import { transportCertificates } from './transport/certificates.ts'
import { transportDns } from './transport/dns.ts'
import { transportHandshakes } from './transport/handshakes.ts'
import { transportPorts } from './transport/ports.ts'
import type { Requirement } from './types.ts'

export const transport = {
  ...transportHandshakes,
  ...transportCertificates,
  ...transportPorts,
  ...transportDns,
} as const satisfies Record<string, Requirement>
