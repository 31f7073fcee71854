// Where mail for a domain goes: its mail exchanges in order (RFC 5321 5.1, RFC 7505). Used by the courier.
import { isIPv4, isIPv6 } from 'node:net'
import type { RouteBehaviour } from '../behaviour/outbound.ts'
import type { Network } from '../network/network.ts'

export type Route =
  /** Host names, or one IP address for a domain literal; best first. */
  | { readonly kind: 'exchanges'; readonly hosts: readonly string[] }
  | { readonly kind: 'failed' | 'deferred'; readonly reply: string }

/** A domain with more exchanges than this is no mail domain; the rest is not tried. */
const mostExchanges = 50

export async function findRoute(domain: string, network: Network, rules: RouteBehaviour): Promise<Route> {
  if (isLiteral(domain)) {
    const address = literalAddress(domain)
    return rules.literals && address !== undefined
      ? { kind: 'exchanges', hosts: [address] }
      : { kind: 'failed', reply: `501 5.1.2 Bad address literal ${domain}` }
  }
  const missing: Route = {
    kind: rules.missingDomain === 'returned' ? 'failed' : 'deferred',
    reply: `512 Domain ${domain} does not exist`,
  }
  const trouble: Route = {
    kind: rules.dnsTrouble === 'deferred' ? 'deferred' : 'failed',
    reply: `421 DNS resolution failed for ${domain}`,
  }
  const { status, records } = await network.look(domain, 'MX')
  if (status === 'no-name') return missing
  if (status === 'trouble') return trouble
  const exchanges = records.filter(({ exchange }) => !isRoot(exchange))
  if (records.length > exchanges.length && rules.nullMx === 'honoured' && exchanges.length === 0) {
    return { kind: 'failed', reply: '556 5.1.10 Permanent failure: Recipient address has null MX' }
  }
  if (exchanges.length > 0) {
    const sorted = [...exchanges].sort(
      (a, b) => a.preference - b.preference || (a.exchange.toLowerCase() < b.exchange.toLowerCase() ? -1 : 1),
    )
    const hosts = sorted.map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, '')).slice(0, mostExchanges)
    return { kind: 'exchanges', hosts: chosen(hosts, rules) }
  }
  if (!rules.implicitMx) return { kind: 'failed', reply: `550 5.4.4 Domain ${domain} has no mail exchange` }
  const found = await hasAddress(domain, network)
  if (found === 'trouble') return trouble
  return found
    ? { kind: 'exchanges', hosts: [domain] }
    : { kind: 'failed', reply: `550 5.4.4 Domain ${domain} has no mail exchange and no address` }
}

/** Whether there is an address behind the name of a host. */
export async function hasAddress(host: string, network: Network): Promise<boolean | 'trouble'> {
  if (isIPv4(host) || isIPv6(host)) return true
  const four = await network.look(host, 'A')
  if (four.records.length > 0) return true
  const six = await network.look(host, 'AAAA')
  if (six.records.length > 0) return true
  return four.status === 'trouble' || six.status === 'trouble' ? 'trouble' : false
}

/** `[192.0.2.1]` instead of a name. */
export function isLiteral(domain: string): boolean {
  return domain.startsWith('[')
}

function literalAddress(domain: string): string | undefined {
  const inside = /^\[(?:IPv6:)?(.+)\]$/i.exec(domain)?.[1] ?? ''
  return isIPv4(inside) || isIPv6(inside) ? inside.toLowerCase() : undefined
}

function isRoot(exchange: string): boolean {
  return exchange === '' || exchange === '.'
}

function chosen(hosts: readonly string[], rules: RouteBehaviour): readonly string[] {
  const ordered = rules.order === 'preference' ? hosts : [...hosts].reverse()
  return rules.exchanges === 'every' ? ordered : ordered.slice(0, 1)
}
