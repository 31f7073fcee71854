// The DNS of the in-process network: a Resolver that knows the server's domains and nothing else.
import type { Resolver } from '../harness/host/resolver.ts'
import type { ZoneBehaviour } from './behaviour/zone.ts'

type SrvService = ZoneBehaviour['srv'][number]

export function createNetwork(
  domains: readonly string[],
  zone: ZoneBehaviour,
  ports: Readonly<Record<SrvService, number>>,
): Resolver {
  const txt = new Map<string, readonly string[]>()
  const mx = new Map<string, { exchange: string; preference: number }[]>()
  const srv = new Map<string, { name: string; port: number; priority: number; weight: number }[]>()
  const addresses = new Map<string, readonly string[]>()
  for (const domain of domains) {
    const here = (text: string) => text.replaceAll('{domain}', domain)
    for (const name of [domain, ...zone.aliases.map((alias) => `${alias}.${domain}`)]) {
      addresses.set(name, zone.addresses)
    }
    if (zone.mx !== null) mx.set(domain, [{ exchange: here(zone.mx), preference: 10 }])
    if (zone.spf !== null) txt.set(domain, [zone.spf])
    if (zone.dmarc !== null) txt.set(`_dmarc.${domain}`, [zone.dmarc])
    if (zone.mtaSts !== null) txt.set(`_mta-sts.${domain}`, [zone.mtaSts])
    for (const service of zone.srv) {
      const record = { name: here(zone.srvTarget), port: ports[service], priority: 0, weight: 1 }
      srv.set(`_${service}._tcp.${domain}`, [record])
    }
  }
  const look = async <T>(table: Map<string, readonly T[]>, name: string, signal?: AbortSignal) => {
    signal?.throwIfAborted()
    return table.get(name.toLowerCase().replace(/\.$/, '')) ?? []
  }
  return {
    addresses: (name, signal) => look(addresses, name, signal),
    mx: (name, signal) => look(mx, name, signal),
    txt: (name, signal) => look(txt, name, signal),
    srv: (name, signal) => look(srv, name, signal),
  }
}
