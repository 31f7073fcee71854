// Not one mail service can be used: the one line that says which and why, and what to do. Used by discovery.
import type { Candidate } from '../host/host.ts'
import type { HostName } from '../host/host-name.ts'
import { TargetError } from '../host/target-error.ts'

const mail: ReadonlySet<string> = new Set(['imaps', 'imap', 'submissions', 'submission'])

export function whyUnusable(name: HostName, candidates: readonly Candidate[]): TargetError {
  const tried = candidates.filter(({ endpoint, outcome }) => mail.has(endpoint.service) && outcome !== 'not-tried')
  const all = (...outcomes: readonly Candidate['outcome'][]) =>
    tried.length > 0 && tried.every(({ outcome }) => outcomes.includes(outcome))
  const some = (outcome: Candidate['outcome']) => tried.find((candidate) => candidate.outcome === outcome)
  const address = tried.find(({ endpoint }) => endpoint.address !== undefined)?.endpoint.address
  const where = address === undefined || address === name.name ? name.label : `${name.label} (${address})`
  const ports = [...new Set(tried.map(({ endpoint }) => endpoint.port))].join(', ')
  const fail = (message: string, hint: string) => new TargetError('nothing-answers', message, { hint, candidates })

  const untrusted = some('untrusted')
  if (untrusted !== undefined) {
    return new TargetError('untrusted', untrusted.detail ?? `the certificate of ${name.label} is not trusted`, {
      hint: 'for a certificate of your own: --ca FILE, --pin SHA256, or --trust-presented',
      candidates,
    })
  }
  if (all('refused')) {
    return fail(
      `${where} refuses connections on ports ${ports}: no mail server listens there`,
      'check the name; is the server running? --wait 60s retries',
    )
  }
  if (all('timeout')) {
    return fail(
      `${where} does not answer on ports ${ports}: it is down, or a firewall on the way drops our packets`,
      'try from another network, or name a place with --connect SERVICE=ADDR:PORT',
    )
  }
  if (all('unreachable', 'no-address')) {
    return fail(
      `no route from here to ${where}`,
      address?.includes(':') ? 'this network may lack IPv6' : 'check the network of this machine',
    )
  }
  const reasons = tried.map(({ endpoint, outcome, detail }) => detail ?? `${endpoint.port}: ${outcome}`)
  return fail(
    `no mail service of ${where} can be used: ${reasons.length === 0 ? 'none was tried' : reasons.join('; ')}`,
    'a chatmail server answers on 993 and 465; name other places with --connect SERVICE=ADDR:PORT',
  )
}
