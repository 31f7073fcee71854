// A network beyond this process: what our own servers publish comes first, everything else is asked of a real name server,
// and lies where its address says. For servers that exchange mail with Postfix, or with a reference server elsewhere.
import { Resolver } from 'node:dns/promises'
import { isIP, isIPv6 } from 'node:net'
import { rootCertificates } from 'node:tls'
import { type Network, type Place, resolverOf } from './network.ts'
import { type DnsAnswer, plainName, type RecordOf, type RecordType } from './records.ts'

const lookupMs = 5_000
const tries = 2

/** `dns`: the name server asked for names outside our own zones. */
export function widerNetwork(own: Network, { dns }: { readonly dns: Place }): Network {
  const resolver = new Resolver({ timeout: lookupMs, tries })
  resolver.setServers([isIPv6(dns.address) ? `[${dns.address}]:${dns.port}` : `${dns.address}:${dns.port}`])

  const isOurs = async (name: string) => {
    const labels = plainName(name).split('.')
    for (let at = 0; at < labels.length; at++) {
      if ((await own.look(labels.slice(at).join('.'), 'SOA')).status === 'found') return true
    }
    return false
  }
  const look: Network['look'] = async (name, type) => {
    const here = await own.look(name, type)
    return here.status !== 'no-name' || (await isOurs(name)) ? here : await lookBeyond(resolver, plainName(name), type)
  }
  return {
    ...own,
    // Servers out there have certificates of public authorities.
    get authorities() {
      return [...own.authorities, ...rootCertificates]
    },
    look,
    resolver: resolverOf(look),
    async reach(host, port) {
      const here = await own.reach(host, port)
      if (here !== undefined) return here
      if (isIP(host) !== 0) return { address: host, port }
      const [four] = (await look(host, 'A')).records
      const [found] = four === undefined ? (await look(host, 'AAAA')).records : [four]
      return found && { address: found.address, port }
    },
  }
}

async function lookBeyond<T extends RecordType>(resolver: Resolver, name: string, type: T): Promise<DnsAnswer<T>> {
  try {
    const records = (await questions[type](resolver, name)) as readonly RecordOf<T>[]
    return { status: records.length > 0 ? 'found' : 'no-data', records }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const status = code === 'ENOTFOUND' ? 'no-name' : code === 'ENODATA' ? 'no-data' : 'trouble'
    return { status, records: [] }
  }
}

const questions: {
  readonly [T in RecordType]: (resolver: Resolver, name: string) => Promise<readonly RecordOf<T>[]>
} = {
  A: async (resolver, name) =>
    (await resolver.resolve4(name)).map((address) => ({ name, type: 'A', address }) as const),
  AAAA: async (resolver, name) =>
    (await resolver.resolve6(name)).map((address) => ({ name, type: 'AAAA', address }) as const),
  CNAME: async (resolver, name) =>
    (await resolver.resolveCname(name)).map((target) => ({ name, type: 'CNAME', target }) as const),
  MX: async (resolver, name) =>
    (await resolver.resolveMx(name)).map(({ exchange, priority: preference }) => {
      // The resolver writes the root as nothing, and it means "takes no mail".
      return { name, type: 'MX', exchange: exchange === '' ? '.' : exchange, preference } as const
    }),
  TXT: async (resolver, name) =>
    (await resolver.resolveTxt(name)).map((strings) => ({ name, type: 'TXT', text: strings.join('') }) as const),
  SRV: async (resolver, name) =>
    (await resolver.resolveSrv(name)).map(({ name: target, port, priority, weight }) => {
      return { name, type: 'SRV', target, port, priority, weight } as const
    }),
  CAA: async (resolver, name) =>
    (await resolver.resolveCaa(name)).flatMap(({ critical, ...properties }) =>
      Object.entries(properties).flatMap(([tag, value]) =>
        tag === 'type' ? [] : [{ name, type: 'CAA', flags: critical, tag, value: String(value) } as const],
      ),
    ),
  NS: async (resolver, name) =>
    (await resolver.resolveNs(name)).map((target) => ({ name, type: 'NS', target }) as const),
  SOA: async (resolver, name) => {
    const { nsname, hostmaster, serial, refresh, retry, expire, minttl } = await resolver.resolveSoa(name)
    const times = { serial, refresh, retry, expire, minimum: minttl }
    return [{ name, type: 'SOA', primary: nsname, mailbox: hostmaster, ...times }]
  },
}
