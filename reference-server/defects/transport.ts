// Defects of the area transport: TLS, certificates, ports and DNS.
import { transportCertificateDefects } from './transport/certificates.ts'
import { transportDnsDefects } from './transport/dns.ts'
import { transportHandshakeDefects } from './transport/handshakes.ts'
import { transportPortDefects } from './transport/ports.ts'

export const transportDefects = {
  ...transportHandshakeDefects,
  ...transportCertificateDefects,
  ...transportPortDefects,
  ...transportDnsDefects,
}
