// The DNS records of a server's domain, as the zone decisions say. Published in the network by startReference.
import type { ZoneBehaviour } from '../behaviour/zone.ts'
import { isPrivateName, literalAddress } from '../domain-name.ts'
import type { Network } from './network.ts'
import type { DnsRecord } from './records.ts'

type SrvService = ZoneBehaviour['srv'][number]

const standardPorts: Readonly<Record<SrvService, number>> = {
  submission: 587,
  submissions: 465,
  imap: 143,
  imaps: 993,
}

/** Publishes all of it; the returned functions take it back. An address literal has no zone. */
export function publishZone(
  network: Network,
  domain: string,
  zone: ZoneBehaviour,
  ports: Readonly<Record<SrvService, number>>,
): readonly (() => void)[] {
  if (literalAddress(domain) !== undefined) return []
  return [
    network.publish(zoneRecords(domain, zone, ports)),
    ...zone.fails.map(({ name, type }) =>
      network.fail(name.replaceAll('{domain}', domain), type === '*' ? undefined : type),
    ),
  ]
}

function zoneRecords(
  domain: string,
  zone: ZoneBehaviour,
  ports: Readonly<Record<SrvService, number>>,
): readonly DnsRecord[] {
  const here = (text: string) => text.replaceAll('{domain}', domain)
  const text = (name: string, value: string | null): DnsRecord[] =>
    value === null ? [] : [{ name, type: 'TXT', text: value }]
  const addresses = (name: string) =>
    zone.addresses.map(
      (address): DnsRecord => (address.includes(':') ? { name, type: 'AAAA', address } : { name, type: 'A', address }),
    )
  const srvPorts = zone.srvPorts === 'real' ? ports : standardPorts
  return [
    ...authority(domain),
    ...addresses(domain),
    ...hostNames(domain, zone)
      .slice(1)
      .flatMap((name) =>
        zone.aliasesBy === 'address' ? addresses(name) : [{ name, type: 'CNAME', target: domain } as const],
      ),
    ...zone.mx.map(
      ({ exchange, preference }): DnsRecord => ({ name: domain, type: 'MX', exchange: here(exchange), preference }),
    ),
    ...text(domain, zone.spf),
    ...text(`_dmarc.${domain}`, zone.dmarc),
    ...text(`_adsp._domainkey.${domain}`, zone.adsp),
    ...text(`_mta-sts.${domain}`, isPrivateName(domain) ? null : zone.mtaSts),
    ...zone.caa.map((caa): DnsRecord => ({ ...caa, name: domain, type: 'CAA' })),
    ...zone.srv.map(
      (service): DnsRecord => ({
        name: `_${service}._tcp.${domain}`,
        type: 'SRV',
        target: here(zone.srvTarget),
        port: srvPorts[service],
        priority: 0,
        weight: 1,
      }),
    ),
  ]
}

/** Names that lead to the server itself: the domain first. */
export function hostNames(domain: string, zone: ZoneBehaviour): readonly string[] {
  const address = literalAddress(domain)
  if (address !== undefined) return [address]
  const aliases = zone.aliases.filter((alias) => alias !== 'mta-sts' || !isPrivateName(domain))
  return [domain, ...aliases.map((alias) => `${alias}.${domain}`)]
}

/** A resolver remembers for `minimum` seconds that a name does not exist: not at all, since tests add names. */
function authority(domain: string): readonly DnsRecord[] {
  return [
    { name: domain, type: 'NS', target: domain },
    {
      name: domain,
      type: 'SOA',
      primary: domain,
      mailbox: `hostmaster.${domain}`,
      serial: 1,
      refresh: 3_600,
      retry: 600,
      expire: 86_400,
      minimum: 0,
    },
  ]
}
