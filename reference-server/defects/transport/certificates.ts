// Defects of certificates, most of them on one port: that is how they happen, when a service is forgotten.
import type { Defect } from '../types.ts'

const other = 'transport/shows-one-certificate'
/** What fails when no client of today goes on with the certificate of port 587. */
const submissionShut = [
  other,
  'onboarding/autoconfig-endpoints-work',
  'sender/logs-in-after-starttls',
  'delivery/delivers-over-starttls',
]
const imapShut = [other, 'onboarding/autoconfig-endpoints-work', 'imap/logs-in-over-starttls']

export const transportCertificateDefects = {
  'leaves-chain-out-on-587': {
    violates: 'transport.certificate-is-trusted',
    title: 'sends no intermediate certificate on port 587',
    alsoFails: submissionShut,
    behaviour: { tls: { ownCertificateOn: ['submission'], ownCertificate: { chain: 'left-out' } } },
  },
  'signs-itself-on-port-25': {
    violates: 'transport.certificate-is-trusted',
    title: 'shows a certificate on port 25 that it signed itself',
    alsoFails: [other],
    behaviour: { tls: { ownCertificateOn: ['smtp'], ownCertificate: { issuer: 'self' } } },
  },
  'shows-other-name-on-587': {
    violates: 'transport.certificate-carries-name',
    title: 'shows a certificate for another name on port 587',
    alsoFails: submissionShut,
    behaviour: { tls: { ownCertificateOn: ['submission'], ownCertificate: { names: ['old.invalid'] } } },
  },
  'expired-on-143': {
    violates: 'transport.certificate-is-in-date',
    title: 'shows a certificate on port 143 that expired yesterday',
    alsoFails: imapShut,
    behaviour: { tls: { ownCertificateOn: ['imap'], ownCertificate: { validFromDays: -91, validUntilDays: -1 } } },
  },
  'not-valid-yet-on-port-25': {
    violates: 'transport.certificate-is-in-date',
    title: 'shows a certificate on port 25 that is valid from tomorrow on',
    alsoFails: [other],
    behaviour: { tls: { ownCertificateOn: ['smtp'], ownCertificate: { validFromDays: 1 } } },
  },
  'expires-soon': {
    violates: 'transport.certificate-is-renewed-in-time',
    title: 'shows a certificate of 90 days that expires in five',
    behaviour: { tls: { validFromDays: -85, validUntilDays: 5 } },
  },
  'short-key-on-port-25': {
    violates: 'transport.keys-are-strong',
    title: 'shows a certificate on port 25 whose key has 1024 bits',
    behaviour: {
      tls: {
        securityLevel: { mail: 0, relay: 0, web: 0 },
        ownCertificateOn: ['smtp'],
        ownCertificate: { keys: 'rsa-1024' },
      },
    },
  },
  'forgets-to-reload-imap': {
    violates: 'transport.shows-one-certificate',
    title: 'shows another certificate on port 143 than on the others',
    behaviour: { tls: { ownCertificateOn: ['imap'] } },
  },
} as const satisfies Record<string, Defect>
