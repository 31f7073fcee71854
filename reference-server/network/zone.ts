// The DNS records of a server's domain, as the zone decisions say. Published in the network by startReference.
import type { ZoneBehaviour } from '../behaviour/zone.ts'
import type { DnsRecord } from './network.ts'

type SrvService = ZoneBehaviour['srv'][number]

export function zoneRecords(
  domain: string,
  zone: ZoneBehaviour,
  ports: Readonly<Record<SrvService, number>>,
): readonly DnsRecord[] {
  const here = (text: string) => text.replaceAll('{domain}', domain)
  const text = (name: string, value: string | null): DnsRecord[] =>
    value === null ? [] : [{ name, type: 'TXT', text: value }]
  return [
    ...hostNames(domain, zone).flatMap((name) =>
      zone.addresses.map(
        (address): DnsRecord =>
          address.includes(':') ? { name, type: 'AAAA', address } : { name, type: 'A', address },
      ),
    ),
    ...(zone.mx === null ? [] : [{ name: domain, type: 'MX', exchange: here(zone.mx), preference: 10 } as const]),
    ...text(domain, zone.spf),
    ...text(`_dmarc.${domain}`, zone.dmarc),
    ...text(`_mta-sts.${domain}`, zone.mtaSts),
    ...zone.srv.map(
      (service): DnsRecord => ({
        name: `_${service}._tcp.${domain}`,
        type: 'SRV',
        target: here(zone.srvTarget),
        port: ports[service],
        priority: 0,
        weight: 1,
      }),
    ),
  ]
}

/** Names that lead to the server itself. */
export function hostNames(domain: string, zone: ZoneBehaviour): readonly string[] {
  return [domain, ...zone.aliases.map((alias) => `${alias}.${domain}`)]
}
