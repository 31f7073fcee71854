// The network of in-process servers: names with their DNS records, and where a connection to a name or address really goes.
// Servers that share one federate; checks see it as a Resolver.
import type { Resolver } from '../../harness/host/resolver.ts'

export type DnsRecord = { readonly name: string } & (
  | { readonly type: 'A'; readonly address: string }
  | { readonly type: 'AAAA'; readonly address: string }
  | { readonly type: 'MX'; readonly exchange: string; readonly preference: number }
  | { readonly type: 'TXT'; readonly text: string }
  | {
      readonly type: 'SRV'
      readonly target: string
      readonly port: number
      readonly priority: number
      readonly weight: number
    }
  | { readonly type: 'CAA'; readonly flags: number; readonly tag: string; readonly value: string }
)

export type RecordType = DnsRecord['type']

export type RecordOf<T extends RecordType> = Extract<DnsRecord, { readonly type: T }>

export interface DnsAnswer<T extends RecordType> {
  /** no-data: the name exists without such a record; no-name: NXDOMAIN; trouble: SERVFAIL or no answer. */
  readonly status: 'found' | 'no-data' | 'no-name' | 'trouble'
  readonly records: readonly RecordOf<T>[]
}

/** Where a TCP connection really goes. */
export interface Place {
  /** IP address. */
  readonly address: string
  readonly port: number
}

export interface Network {
  /** As checks and clients see it. */
  readonly resolver: Resolver
  look<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>>
  /** Adds records; the returned function takes them away again. */
  publish(records: readonly DnsRecord[]): () => void
  /** Adds records that are costly to make, when their name is looked up for the first time. */
  publishLater(name: string, make: () => Promise<readonly DnsRecord[]>): () => void
  /** PEM of the certificate authorities that servers of this network trust in each other. */
  readonly authorities: readonly string[]
  /** Adds such an authority; the returned function takes it away again. */
  trust(authority: string): () => void
  /** Says where `port` of a host name or IP address is served. Names and addresses in lower case. */
  place(name: string, port: number, at: Place): () => void
  /** Where to connect for a well-known port of a host; undefined where nobody listens: as if refused. */
  reach(name: string, port: number): Promise<Place | undefined>
}

export function createNetwork(): Network {
  const byName = new Map<string, Set<DnsRecord>>()
  const places = new Map<string, Place>()
  const later = new Map<string, () => Promise<void>>()
  const authorities: string[] = []

  const look = async <T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> => {
    await later.get(plain(name))?.()
    const found = byName.get(plain(name))
    if (found === undefined || found.size === 0) {
      // An empty non-terminal exists: somebody has a name below it (RFC 8020).
      const below =
        [...byName].some(([known, set]) => set.size > 0 && known.endsWith(`.${plain(name)}`)) ||
        [...later.keys()].some((known) => known.endsWith(`.${plain(name)}`))
      return { status: below ? 'no-data' : 'no-name', records: [] }
    }
    const wanted = [...found].filter((record): record is RecordOf<T> => record.type === type)
    return { status: wanted.length > 0 ? 'found' : 'no-data', records: wanted }
  }
  const publish = (added: readonly DnsRecord[]) => {
    for (const record of added) {
      const name = plain(record.name)
      byName.set(name, (byName.get(name) ?? new Set()).add(record))
    }
    return () => {
      for (const record of added) byName.get(plain(record.name))?.delete(record)
    }
  }
  const publishLater = (name: string, make: () => Promise<readonly DnsRecord[]>) => {
    let left = false
    let leave = () => {}
    let made: Promise<void> | undefined
    const key = plain(name)
    const prepare = () => {
      made ??= make().then((records) => {
        if (!left) leave = publish(records)
      })
      return made
    }
    later.set(key, prepare)
    return () => {
      left = true
      if (later.get(key) === prepare) later.delete(key)
      leave()
    }
  }
  return {
    look,
    publish,
    publishLater,
    authorities,
    trust(authority) {
      authorities.push(authority)
      return () => {
        const at = authorities.indexOf(authority)
        if (at >= 0) authorities.splice(at, 1)
      }
    },
    resolver: resolverOf(look),
    place(name, port, at) {
      const key = `${plain(name)} ${port}`
      places.set(key, at)
      return () => {
        if (places.get(key) === at) places.delete(key)
      }
    },
    reach: async (name, port) => places.get(`${plain(name)} ${port}`),
  }
}

function resolverOf(look: Network['look']): Resolver {
  const found = async <T extends RecordType>(name: string, type: T, signal?: AbortSignal) => {
    signal?.throwIfAborted()
    const { status, records } = await look(name, type)
    if (status === 'trouble') throw new Error(`the name server fails for ${name}`)
    return records
  }
  return {
    addresses: async (name, signal) => {
      const four = await found(name, 'A', signal)
      const six = await found(name, 'AAAA', signal)
      return [...four, ...six].map((record) => record.address)
    },
    mx: async (name, signal) =>
      (await found(name, 'MX', signal)).map(({ exchange, preference }) => ({ exchange, preference })),
    txt: async (name, signal) => (await found(name, 'TXT', signal)).map(({ text }) => text),
    srv: async (name, signal) =>
      (await found(name, 'SRV', signal)).map(({ target, port, priority, weight }) => ({
        name: target,
        port,
        priority,
        weight,
      })),
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
