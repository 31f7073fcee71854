// What people and other programs need to know of a running reference server: one record for the `serve` command.
import type { Credentials } from './accounts.ts'
import { webName } from './domain-name.ts'
import type { ReferenceService } from './host.ts'
import type { Reference } from './index.ts'
import { inviteLink } from './web/pages.ts'

/** JSON as it is; the shape of the "ready" line. */
export interface ReferenceDescription {
  readonly domains: readonly string[]
  readonly ports: Readonly<Record<ReferenceService, number>>
  /** IP address and port of each service. */
  readonly addresses: Readonly<Record<ReferenceService, string>>
  /** `ADDR:PORT` where the zones are served by DNS; null: nowhere. */
  readonly dns: string | null
  /** PEM of the certificate authority. */
  readonly ca: string
  /** For apps whose network maps the standard ports here; null when the behaviour shows none. */
  readonly invite: string | null
  readonly landingPage: string
  readonly accounts: readonly DescribedAccount[]
}

interface DescribedAccount extends Credentials {
  /** Works with the real ports and any certificate. */
  readonly dclogin: string
}

/** `accounts` are those whose passwords are known: the server itself keeps only hashes. */
export function describeReference(
  reference: Reference,
  options: { readonly accounts?: readonly Credentials[]; readonly address?: string } = {},
): ReferenceDescription {
  const { domain, domains, ports, dns, ca, behaviour } = reference
  const address = options.address ?? reference.address
  const services = Object.keys(ports) as ReferenceService[]
  return {
    domains,
    ports: { ...ports },
    addresses: Object.fromEntries(
      services.map((service) => [service, `${bracketed(address)}:${ports[service]}`]),
    ) as Record<ReferenceService, string>,
    dns: dns === undefined ? null : `${bracketed(dns.address)}:${dns.port}`,
    ca,
    invite: behaviour.web.invite === null ? null : inviteLink(behaviour.web.invite, domain),
    landingPage: `https://${webName(domain)}:${ports.https}/`,
    accounts: (options.accounts ?? []).map((account) => ({
      ...account,
      dclogin: dcloginOf(reference, account, address),
    })),
  }
}

/** `address`: where clients reach the server. */
export function dcloginOf(reference: Reference, account: Credentials, address = reference.address): string {
  const { ports } = reference
  return dcloginUrl(account, { address, imaps: ports.imaps, submissions: ports.submissions })
}

/** A `dclogin:` link of version 1 with hosts and ports; `ic=3`: any certificate, for it is a throw-away one. */
function dcloginUrl(
  { address: user, password }: Credentials,
  server: { readonly address: string; readonly imaps: number; readonly submissions: number },
): string {
  const options = new URLSearchParams({
    v: '1',
    ih: server.address,
    ip: `${server.imaps}`,
    is: 'ssl',
    sh: server.address,
    sp: `${server.submissions}`,
    ss: 'ssl',
    ic: '3',
  })
  const name = user.split('@').map(encodeURIComponent).join('@')
  return `dclogin:${name}?p=${encodeURIComponent(password)}&${options}`
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
