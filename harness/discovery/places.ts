// Which places to knock at: by flag, by default port, by autoconfig, by SRV records. Used by discovery.
import { type Candidate, type Endpoint, type Security, type Service, services, standardPorts } from '../host/host.ts'
import type { Resolver } from '../host/resolver.ts'
import type { AutoconfigServer } from './autoconfig.ts'

export type Origin = 'flag' | 'default' | 'autoconfig' | 'srv'

/** A candidate before anything is known of it. */
export interface Place extends Omit<Endpoint, 'address'> {
  readonly origin: Origin
}

export const securityOf: Readonly<Record<Service, Security>> = {
  imaps: 'tls',
  imap: 'starttls',
  submissions: 'tls',
  submission: 'starttls',
  https: 'tls',
  http: 'none',
  smtp: 'starttls',
}

export function defaultPlaces(name: string): readonly Place[] {
  return services.map((service) => place(service, name, standardPorts[service], 'default'))
}

export function place(service: Service, name: string, port: number, origin: Origin): Place {
  return { service, security: securityOf[service], name, port, origin }
}

export function autoconfigPlaces(servers: readonly AutoconfigServer[]): readonly Place[] {
  return servers.map(({ service, security, hostname, port }) => ({
    service,
    security,
    name: hostname,
    port,
    origin: 'autoconfig',
  }))
}

const mailServices = ['imaps', 'imap', 'submissions', 'submission'] as const

/** RFC 6186 and RFC 8314 5.1: `_imaps._tcp` and so on. Trouble with a question is an empty answer: SRV is optional. */
export async function srvPlaces(domain: string, resolver: Resolver, signal: AbortSignal): Promise<readonly Place[]> {
  const answers = mailServices.map(async (service) => {
    const records = await resolver.srv(`_${service}._tcp.${domain}`, signal).catch(() => [])
    const sorted = [...records].sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    // A target of "." says that the service is not offered (RFC 2782).
    const offered = sorted.map(({ name, port }) => ({ name: name.toLowerCase().replace(/\.$/, ''), port }))
    return offered
      .filter(({ name }) => name !== '')
      .slice(0, 4)
      .map(({ name, port }) => place(service, name, port, 'srv'))
  })
  return (await Promise.all(answers)).flat()
}

/** Those that are not yet among `known`, each once. */
export function newPlaces(places: readonly Place[], known: readonly Omit<Endpoint, 'address'>[]): readonly Place[] {
  const key = (one: Omit<Endpoint, 'address'>) => `${one.service} ${one.security} ${one.name} ${one.port}`
  const seen = new Set(known.map(key))
  return places.filter((one) => !seen.has(key(one)) && seen.add(key(one)))
}

/** Why a published place is listed without being tried, or undefined. `name` is the host's. */
export function whyNotTried({ name: target, security, service, port }: Place, name: string): string | undefined {
  if (target !== name && !target.endsWith(`.${name}`)) return `${target} is outside ${name}; add --connect to use it`
  if (security === 'none') return 'it offers no encryption'
  if (port === standardPorts.https && service !== 'https') return 'shares port 443 by ALPN; a check of its own tries it'
  return undefined
}

/** Per service: flag, then default port, then autoconfig, then SRV. */
export function chooseEndpoints(
  answered: readonly { readonly candidate: Candidate; readonly endpoint?: Endpoint }[],
): Readonly<Partial<Record<Service, Endpoint>>> {
  const order = ['flag', 'default', 'autoconfig', 'srv']
  const sorted = [...answered].sort((a, b) => order.indexOf(a.candidate.origin) - order.indexOf(b.candidate.origin))
  const chosen: Partial<Record<Service, Endpoint>> = {}
  for (const { endpoint } of sorted) {
    if (endpoint !== undefined) chosen[endpoint.service] ??= endpoint
  }
  return chosen
}
