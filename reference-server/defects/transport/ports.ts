// Defects of ports, addresses and names, and of the ways to the pages.
import type { Defect } from '../types.ts'

export const transportPortDefects = {
  'closes-port-587': {
    violates: 'transport.answers-on-client-ports',
    title: 'listens on port 465 only for submission',
    behaviour: {
      tls: { closed: ['submission'] },
      web: { autoconfig: { services: ['imaps', 'imap', 'submissions'] } },
      zone: { srv: ['imaps', 'imap', 'submissions'] },
    },
  },
  'has-dead-address': {
    violates: 'transport.answers-at-every-address',
    title: 'has an address in DNS at which nobody listens',
    behaviour: { zone: { addresses: ['127.0.0.1', '127.0.0.2'] } },
  },
  'has-no-address': {
    violates: 'transport.answers-at-every-address',
    title: 'has no address in DNS',
    alsoFails: ['transport/exchanges-take-mail', 'transport/srv-records-lead-here', 'transport/serves-mta-sts-policy'],
    behaviour: { zone: { addresses: [] } },
  },
  'has-imap-name-without-certificate': {
    violates: 'transport.has-no-dead-mail-names',
    title: 'has a name imap. that its certificate does not have',
    behaviour: { zone: { aliases: ['www', 'mta-sts', 'imap'] } },
  },
  'shows-pages-in-clear': {
    violates: 'transport.redirects-to-https',
    title: 'shows its pages on port 80 instead of leading to https',
    behaviour: { web: { http: 'serve' } },
  },
  'shows-pages-at-www': {
    violates: 'transport.redirects-www',
    title: 'shows its pages under www., too',
    behaviour: { web: { wwwRedirects: false } },
  },
  'has-no-certificate-for-www': {
    violates: 'transport.redirects-www',
    title: 'answers under www. with a certificate without that name',
    behaviour: { tls: { names: ['{domain}', 'mta-sts.{domain}'] } },
  },
} as const satisfies Record<string, Defect>
