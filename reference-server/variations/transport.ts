// Legitimate ways to be found and to be trusted.
import type { Variation } from './types.ts'

export const transportVariations = {
  'has-own-certificate-for-the-web': {
    title: 'has another certificate for the web than for mail',
    behaviour: { tls: { ownCertificateOn: ['https'] } },
    toleratedBy: ['transport/shows-one-certificate'],
  },
  'has-certificate-of-each-kind': {
    title: 'has an ECDSA and an RSA certificate, of which its services prefer different ones',
    behaviour: { tls: { ownCertificateOn: ['imap', 'imaps'], ownCertificate: { keys: 'rsa-2048' } } },
    toleratedBy: ['transport/shows-one-certificate'],
  },
  'sends-intermediate': {
    title: 'has a certificate by an intermediate authority, and sends that one’s, too',
    behaviour: { tls: { chain: 'sent' } },
    toleratedBy: [],
  },
  'has-rsa-key': {
    title: 'has an RSA key of 2048 bits',
    behaviour: { tls: { keys: 'rsa-2048' } },
    toleratedBy: [],
  },
  'has-short-lived-certificate': {
    title: 'has certificates of six days and renews them every other day',
    behaviour: { tls: { validFromDays: -3, validUntilDays: 3 } },
    toleratedBy: [],
  },
  'takes-tls-1.2': {
    title: 'takes TLS 1.2 from apps, too',
    behaviour: { tls: { clientPortsFrom: 'TLSv1.2' } },
    toleratedBy: [],
  },
  'has-two-exchanges': {
    title: 'has a second exchange, which its MTA-STS policy names by a wildcard',
    behaviour: {
      zone: {
        mx: [
          { exchange: '{domain}', preference: 10 },
          { exchange: 'www.{domain}', preference: 20 },
        ],
      },
      web: { mtaSts: ['version: STSv1', 'mode: enforce', 'mx: {domain}', 'mx: *.{domain}', 'max_age: 604800'] },
    },
    toleratedBy: [],
  },
  'has-web-port-to-itself': {
    title: 'has port 443 for the web alone, and does not list mail there',
    behaviour: { tls: { sharedPort: [] } },
    toleratedBy: [],
  },
  'closes-port-80': {
    title: 'has nobody at port 80',
    behaviour: { web: { http: 'closed' } },
    toleratedBy: [],
  },
} as const satisfies Record<string, Variation>
