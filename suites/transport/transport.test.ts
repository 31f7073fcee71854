import { describe, expect, it } from 'vitest'
import type { Host } from '../../harness/host/host.ts'
import { type ReferenceRun, runOnReference } from '../../proof/reference-run.ts'
import { transportDefects } from '../../reference-server/defects/transport.ts'
import { transportVariations } from '../../reference-server/variations/transport.ts'
import { provesArea } from '../test-area.ts'
import { transportSuite } from './index.ts'
import { namesUpward } from './scene.ts'

describe('transport', () => {
  provesArea(transportSuite, transportDefects, transportVariations)
})

async function verdicts(options: ReferenceRun): Promise<Readonly<Record<string, string>>> {
  const { findings } = await runOnReference({ suites: [transportSuite], ...options })
  return Object.fromEntries(findings.map(({ check, verdict }) => [check.replace('transport/', ''), verdict]))
}

/** The same server, seen otherwise. */
function seenAs(change: (host: Host) => Partial<Host>): Pick<ReferenceRun, 'between'> {
  return {
    between: async (host) => ({ host: { ...host, ...change(host) }, [Symbol.asyncDispose]: async () => {} }),
  }
}

const among = (found: Readonly<Record<string, string>>, ...wanted: readonly string[]) =>
  Object.keys(found).filter((check) => wanted.includes(found[check] ?? ''))

describe('what cannot be judged is not', () => {
  it('of a name that no authority vouches for: chain, dates, and what rests on them', async () => {
    const found = await verdicts({ domain: '_chat.test' })
    expect(among(found, 'skipped')).toEqual([
      'limits-certificate-authorities',
      'publishes-mta-sts',
      'serves-mta-sts-policy',
      'mta-sts-names-exchanges',
      'mta-sts-enforces',
      'certificate-is-trusted',
      'certificate-is-in-date',
      'certificate-is-renewed-in-time',
    ])
    expect(among(found, 'pass').length).toBe(Object.keys(found).length - 8)
  })

  it('of an address: names and DNS', async () => {
    const found = await verdicts({ domain: '[127.0.0.1]' })
    expect(among(found, 'fail', 'inconclusive', 'error')).toEqual([])
    expect(among(found, 'pass')).toEqual([
      'refuses-legacy-tls',
      'refuses-weak-suites',
      'accepts-alpn-smtp',
      'serves-imap-on-443',
      'serves-smtp-on-443',
      'answers-on-client-ports',
      'redirects-to-https',
      'speaks-modern-tls',
      'speaks-tls-1.3',
      'keys-are-strong',
      'shows-one-certificate',
    ])
  })

  it.each(['presented', 'pin'] as const)('of certificates that are taken as they are: %s', async (mode) => {
    const found = await verdicts({
      defects: ['expired-on-143', 'leads-srv-to-old-host'],
      ...seenAs(() => ({ trust: { mode } })),
    })
    expect(found['certificate-is-trusted']).toBe('skipped')
    expect(found['certificate-carries-name']).toBe('skipped')
    expect(found['certificate-is-in-date']).toBe('skipped')
    expect(found['srv-records-lead-here']).toBe('fail')
  })

  it('of a host that flags have placed: its DNS', async () => {
    const found = await verdicts({
      defects: ['publishes-no-mx', 'publishes-no-spf', 'publishes-no-dmarc', 'announces-no-mta-sts'],
      ...seenAs(() => ({ outsideDns: true })),
    })
    expect(among(found, 'fail', 'inconclusive', 'error')).toEqual([])
    expect(among(found, 'skipped')).toContain('publishes-mx')
  })

  it('by a name server that has an address for every name', async () => {
    const found = await verdicts({
      only: ['transport/has-no-dead-mail-names', 'transport/redirects-www'],
      ...seenAs(({ resolver }) => ({ resolver: { ...resolver, addresses: async () => ['127.0.0.1'] } })),
    })
    expect(found).toEqual({ 'has-no-dead-mail-names': 'inconclusive', 'redirects-www': 'inconclusive' })
  })

  it('by a name server that fails', async () => {
    const names = ['{domain}', '_dmarc.{domain}', '_mta-sts.{domain}', '_imaps._tcp.{domain}', 'imap.{domain}']
    const fails = [...names, 'www.{domain}'].map((name) => ({ name, type: '*' as const }))
    const found = await verdicts({ behaviour: { zone: { fails } }, skip: ['transport/publishes-sound-dkim-key'] })
    expect(among(found, 'fail', 'error')).toEqual([])
    expect(among(found, 'inconclusive')).toEqual([
      'answers-at-every-address',
      'has-no-dead-mail-names',
      'publishes-mx',
      'exchanges-take-mail',
      'publishes-spf',
      'publishes-dmarc',
      'limits-certificate-authorities',
      'srv-records-lead-here',
      'publishes-mta-sts',
      'serves-mta-sts-policy',
      'mta-sts-names-exchanges',
      'mta-sts-enforces',
      'redirects-www',
    ])
  })
})

it('looks also where discovery would not go on, for the sake of the certificate', async () => {
  const withoutImap = ({ endpoints, candidates }: Host): Partial<Host> => ({
    endpoints: Object.fromEntries(Object.entries(endpoints).filter(([service]) => service !== 'imap')),
    candidates: candidates.map((one) => (one.endpoint.service === 'imap' ? { ...one, outcome: 'untrusted' } : one)),
  })
  const found = await verdicts({ defects: ['expired-on-143'], ...seenAs(withoutImap) })
  expect(found['certificate-is-in-date']).toBe('fail')
  expect(found['answers-on-client-ports']).toBe('pass')
})

it('tells the names above a name, but for the topmost', () => {
  expect(namesUpward('chat.example.org')).toEqual(['chat.example.org', 'example.org'])
  expect(namesUpward('localhost')).toEqual(['localhost'])
})
