// Resolvers of real hosts: the system's or a named server's, with overrides and an address family. Used by discovery.
import { Resolver as DnsResolver, lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Resolver } from '../host/resolver.ts'
import { WireError } from '../host/wire-error.ts'

export interface ResolverOptions {
  /** `ADDR` or `ADDR:PORT` of a DNS server in the form of `dns.setServers`; without it the system decides. */
  readonly server?: string | undefined
  /** Addresses of names that are not asked for, keyed by lower-case ASCII name. */
  readonly overrides?: ReadonlyMap<string, readonly string[]> | undefined
  readonly family?: 4 | 6 | undefined
  /** Milliseconds for one try; there are two. */
  readonly timeout?: number | undefined
}

/** Answers that mean "no such record"; anything else that fails is trouble on the way. */
const absent: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME'])

export function createResolver(options: ResolverOptions = {}): Resolver {
  const ask = <T>(name: string, signal: AbortSignal | undefined, query: (dns: DnsResolver) => Promise<readonly T[]>) =>
    askServer(options, name, signal, query)
  const wanted = (address: string) => options.family === undefined || isIP(address) === options.family

  return {
    async addresses(name, signal) {
      if (isIP(name) !== 0) return [name].filter(wanted)
      const override = options.overrides?.get(canonical(name))
      if (override !== undefined) return override.filter(wanted)
      if (options.server === undefined) return await systemAddresses(name, options, signal)
      const families: Promise<readonly string[]>[] = []
      if (options.family !== 6) families.push(ask(name, signal, (dns) => dns.resolve4(name)))
      if (options.family !== 4) families.push(ask(name, signal, (dns) => dns.resolve6(name)))
      return await firstKnown(families)
    },
    mx: async (name, signal) => {
      const records = await ask(name, signal, (dns) => dns.resolveMx(name))
      return records.map(({ exchange, priority }) => ({ exchange, preference: priority }))
    },
    txt: async (name, signal) => {
      const records = await ask(name, signal, (dns) => dns.resolveTxt(name))
      return records.map((chunks) => chunks.join(''))
    },
    srv: async (name, signal) => {
      const records = await ask(name, signal, (dns) => dns.resolveSrv(name))
      return records.map((record) => ({
        name: record.name,
        port: record.port,
        priority: record.priority,
        weight: record.weight,
      }))
    },
    caa: async (name, signal) => {
      const records = await ask(name, signal, (dns) => dns.resolveCaa(name))
      return records.flatMap(({ critical, ...properties }) =>
        Object.entries(properties)
          .filter(([tag]) => tag !== 'type')
          .map(([tag, value]) => ({ critical: critical >= 128, tag, value: String(value) })),
      )
    },
  }
}

/** Both families; trouble with one does not matter when the other one knows an address. */
async function firstKnown(families: readonly Promise<readonly string[]>[]): Promise<readonly string[]> {
  const settled = await Promise.allSettled(families)
  const known = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []))
  const trouble = settled.find((outcome) => outcome.status === 'rejected')
  if (known.length === 0 && trouble !== undefined) throw trouble.reason
  return known
}

/** The way every program of this machine looks names up, /etc/hosts included. */
async function systemAddresses(name: string, options: ResolverOptions, signal: AbortSignal | undefined) {
  const deadline = AbortSignal.timeout((options.timeout ?? 2_500) * 2)
  const all = lookup(name, { all: true, family: options.family ?? 0 })
  try {
    const found = await raceSignals(all, [deadline, ...(signal ? [signal] : [])])
    return [...new Set(found.map(({ address }) => address))]
  } catch (cause) {
    if (absent.has(codeOf(cause))) return []
    throw trouble(name, signal, cause)
  }
}

async function askServer<T>(
  options: ResolverOptions,
  name: string,
  signal: AbortSignal | undefined,
  query: (dns: DnsResolver) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  // One resolver a question: cancel() ends all questions of a resolver.
  const dns = new DnsResolver({ timeout: options.timeout ?? 2_500, tries: 2 })
  if (options.server !== undefined) dns.setServers([options.server])
  const cancel = () => dns.cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    signal?.throwIfAborted()
    return await query(dns)
  } catch (cause) {
    if (absent.has(codeOf(cause)) && signal?.aborted !== true) return []
    throw trouble(name, signal, cause)
  } finally {
    signal?.removeEventListener('abort', cancel)
  }
}

function trouble(name: string, signal: AbortSignal | undefined, cause: unknown): WireError {
  if (signal?.aborted) return new WireError('aborted', 'DNS', `looking up ${name} was stopped`, { cause })
  const detail = codeOf(cause)
  return new WireError('unreachable', 'DNS', `cannot look up ${name}: ${inWords(detail)}`, { cause, detail })
}

function inWords(code: string): string {
  if (code === 'ESERVFAIL' || code === 'EAI_AGAIN') return 'the name server failed'
  if (code === 'ETIMEOUT' || code === 'TimeoutError') return 'no name server answered in time'
  if (code === 'EREFUSED') return 'the name server refuses to answer'
  if (code === 'ECONNREFUSED') return 'no name server is listening'
  return `the name server gave no usable answer (${code})`
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

function raceSignals<T>(promise: Promise<T>, signals: readonly AbortSignal[]): Promise<T> {
  const signal = AbortSignal.any([...signals])
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
