// The network of in-process servers: names with their DNS records, and where a connection to a name or address really goes.
// Servers that share one federate; checks see it as a Resolver.
import type { Resolver } from '../../harness/host/resolver.ts'
import { type DnsAnswer, type DnsRecord, plainName, type RecordOf, type RecordType } from './records.ts'

export type { DnsRecord } from './records.ts'

/** Where a TCP connection really goes. */
export interface Place {
  /** IP address. */
  readonly address: string
  readonly port: number
}

/** Longest chain of CNAME records. */
const mostAliases = 8

export interface Network {
  /** As checks and clients see it. */
  readonly resolver: Resolver
  /** Follows CNAME records, unless they are what is asked for. */
  look<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>>
  /** Adds records; the returned function takes them away again. */
  publish(records: readonly DnsRecord[]): () => void
  /** Adds records that are costly to make, when their name is looked up for the first time. */
  publishLater(name: string, make: () => Promise<readonly DnsRecord[]>): () => void
  /** PEM of the certificate authorities that servers of this network trust in each other. */
  readonly authorities: readonly string[]
  /** Adds such an authority; the returned function takes it away again. */
  trust(authority: string): () => void
  /** From now on questions for these records of a name fail, for all of them when no type is given. */
  fail(name: string, type?: RecordType): () => void
  /** Says where `port` of a host name or IP address is served. Names and addresses in lower case. */
  place(name: string, port: number, at: Place): () => void
  /** Where to connect for a well-known port of a host; undefined where nobody listens: as if refused. */
  reach(name: string, port: number): Promise<Place | undefined>
}

export function createNetwork(): Network {
  const byName = new Map<string, Set<DnsRecord>>()
  const places = new Map<string, Place>()
  const failing = new Map<string, number>()
  const later = new Map<string, () => Promise<void>>()
  const authorities: string[] = []

  const look = async <T extends RecordType>(asked: string, type: T): Promise<DnsAnswer<T>> => {
    let name = plainName(asked)
    for (let hop = 0; hop < mostAliases; hop++) {
      if (failing.has(`${name} ${type}`) || failing.has(`${name} *`)) return { status: 'trouble', records: [] }
      await later.get(name)?.()
      const found = [...(byName.get(name) ?? [])]
      if (found.length === 0) return { status: hasNamesBelow(name) ? 'no-data' : 'no-name', records: [] }
      const wanted = found.filter((record): record is RecordOf<T> => record.type === type)
      if (wanted.length > 0) return { status: 'found', records: wanted }
      const alias = found.find((record) => record.type === 'CNAME')
      if (alias === undefined) return { status: 'no-data', records: [] }
      name = plainName(alias.target)
    }
    return { status: 'trouble', records: [] }
  }
  /** An empty non-terminal exists: somebody has a name below it (RFC 8020). */
  const hasNamesBelow = (name: string) =>
    [...byName].some(([known, set]) => set.size > 0 && known.endsWith(`.${name}`)) ||
    [...later.keys()].some((known) => known.endsWith(`.${name}`))
  const publish = (added: readonly DnsRecord[]) => {
    for (const record of added) {
      const name = plainName(record.name)
      byName.set(name, (byName.get(name) ?? new Set()).add(record))
    }
    return () => {
      for (const record of added) byName.get(plainName(record.name))?.delete(record)
    }
  }
  const publishLater = (name: string, make: () => Promise<readonly DnsRecord[]>) => {
    let left = false
    let leave = () => {}
    let made: Promise<void> | undefined
    const key = plainName(name)
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
    fail(name, type) {
      const key = `${plainName(name)} ${type ?? '*'}`
      failing.set(key, (failing.get(key) ?? 0) + 1)
      return () => {
        const left = (failing.get(key) ?? 0) - 1
        if (left > 0) failing.set(key, left)
        else failing.delete(key)
      }
    },
    place(name, port, at) {
      const key = `${plainName(name)} ${port}`
      places.set(key, at)
      return () => {
        if (places.get(key) === at) places.delete(key)
      }
    },
    reach: async (name, port) => places.get(`${plainName(name)} ${port}`),
  }
}

/** A network as checks and clients see it. */
export function resolverOf(look: Network['look']): Resolver {
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
    caa: async (name, signal) =>
      (await found(name, 'CAA', signal)).map(({ flags, tag, value }) => ({ critical: flags >= 128, tag, value })),
  }
}
