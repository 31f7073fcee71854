// Defects of DNS records and of the MTA-STS policy that goes with them.
import type { Defect } from '../types.ts'

export const transportDnsDefects = {
  'publishes-no-mx': {
    violates: 'transport.publishes-mx',
    title: 'has no MX record',
    behaviour: { zone: { mx: [] } },
  },
  'publishes-dead-mx': {
    violates: 'transport.exchanges-take-mail',
    title: 'has a second MX record for a host that is gone',
    alsoFails: ['transport/mta-sts-names-exchanges'],
    behaviour: {
      zone: {
        mx: [
          { exchange: '{domain}', preference: 10 },
          { exchange: 'old.invalid', preference: 20 },
        ],
      },
    },
  },
  'takes-no-mail-by-mx': {
    violates: 'transport.exchanges-take-mail',
    title: 'says by a null MX record that it takes no mail',
    behaviour: { zone: { mx: [{ exchange: '.', preference: 0 }] } },
  },
  'closes-port-25': {
    violates: 'transport.exchanges-take-mail',
    title: 'listens on port 25 for nobody',
    behaviour: { inbound: { listens: false } },
  },
  'publishes-no-spf': {
    violates: 'transport.publishes-spf',
    title: 'has no SPF record',
    behaviour: { zone: { spf: null } },
  },
  'publishes-no-dmarc': {
    violates: 'transport.publishes-dmarc',
    title: 'has no DMARC record',
    behaviour: { zone: { dmarc: null } },
  },
  'publishes-dmarc-without-policy': {
    violates: 'transport.publishes-dmarc',
    title: 'has a DMARC record that says no policy',
    behaviour: { zone: { dmarc: 'v=DMARC1;adkim=s;aspf=s' } },
  },
  'publishes-no-caa': {
    violates: 'transport.limits-certificate-authorities',
    title: 'has no CAA records',
    behaviour: { zone: { caa: [] } },
  },
  'leads-srv-to-old-host': {
    violates: 'transport.srv-records-lead-here',
    title: 'has SRV records for a host that is gone',
    behaviour: { zone: { srvTarget: 'old.invalid' } },
  },
  'publishes-dkim-as-test': {
    violates: 'transport.publishes-sound-dkim-key',
    title: 'marks its DKIM key as a test',
    behaviour: { dkim: { record: 'v=DKIM1;k={key};p={data};s=email;t=y' } },
  },
  'announces-no-mta-sts': {
    violates: 'transport.publishes-mta-sts',
    title: 'has no MTA-STS record',
    behaviour: { zone: { mtaSts: null } },
  },
  'announces-mta-sts-without-id': {
    violates: 'transport.publishes-mta-sts',
    title: 'has an MTA-STS record without an id',
    behaviour: { zone: { mtaSts: 'v=STSv1;' } },
  },
  'serves-no-mta-sts-policy': {
    violates: 'transport.serves-mta-sts-policy',
    title: 'announces MTA-STS and serves no policy',
    behaviour: { web: { mtaSts: null } },
  },
  'serves-broken-mta-sts-policy': {
    violates: 'transport.serves-mta-sts-policy',
    title: 'serves an MTA-STS policy without its version',
    behaviour: { web: { mtaSts: ['mode: enforce', 'mx: {domain}', 'max_age: 2419200'] } },
  },
  'has-no-certificate-for-mta-sts': {
    violates: 'transport.serves-mta-sts-policy',
    title: 'serves its MTA-STS policy with a certificate without that name',
    behaviour: { tls: { names: ['{domain}', 'www.{domain}'] } },
  },
  'names-old-exchange-in-mta-sts': {
    violates: 'transport.mta-sts-names-exchanges',
    title: 'names another host in its MTA-STS policy than its MX',
    behaviour: { web: { mtaSts: ['version: STSv1', 'mode: enforce', 'mx: mx.old.invalid', 'max_age: 2419200'] } },
  },
  'only-tests-mta-sts': {
    violates: 'transport.mta-sts-enforces',
    title: 'has an MTA-STS policy in the mode testing',
    behaviour: { web: { mtaSts: ['version: STSv1', 'mode: testing', 'mx: {domain}', 'max_age: 86400'] } },
  },
} as const satisfies Record<string, Defect>
