// The flags that say where the services are: --resolve, --connect, --dns, -4 and -6. Used by discovery.
import { isIP } from 'node:net'
import { type Service, services } from '../host/host.ts'
import { toAscii } from '../host/host-name.ts'
import { nearest } from '../host/nearest.ts'
import { TargetError } from '../host/target-error.ts'

export interface Place {
  /** An IP address or a name to look up. */
  readonly host: string
  readonly port: number
}

/** `--connect SERVICE=ADDR:PORT`, repeatable; the last one of a service counts. */
export function parseConnects(flags: readonly string[]): ReadonlyMap<Service, Place> {
  const places = new Map<Service, Place>()
  for (const flag of flags) {
    const [, word = '', place = ''] = /^([^=]*)=(.*)$/.exec(flag) ?? []
    const service = services.find((name) => name === word.trim().toLowerCase())
    if (service === undefined) {
      const guess = nearest(word, services)
      const hint = guess === undefined ? `services are ${services.join(', ')}` : `did you mean ${guess}?`
      throw new TargetError('bad-option', `--connect: "${flag}" names no service`, { hint })
    }
    const parsed = parsePlace(place)
    if (parsed?.port === undefined) {
      throw new TargetError('bad-option', `--connect: "${place}" is no place to connect to`, {
        hint: `write ${service}=192.0.2.1:PORT or ${service}=[2001:db8::1]:PORT`,
      })
    }
    places.set(service, { host: parsed.host, port: parsed.port })
  }
  return places
}

/** `--resolve HOST=IP`, repeatable: several addresses of one name add up. Keys are lower-case ASCII names. */
export function parseResolves(flags: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const overrides = new Map<string, string[]>()
  for (const flag of flags) {
    const [, host = '', written = ''] = /^([^=]*)=(.*)$/.exec(flag) ?? []
    const name = toAscii(host.trim().replace(/\.$/, ''))
    const address = bare(written.trim())
    if (name === undefined || isIP(address) === 0) {
      throw new TargetError('bad-option', `--resolve: "${flag}" is not HOST=IP`, {
        hint: 'write --resolve chat.example=192.0.2.1',
      })
    }
    overrides.set(name, [...(overrides.get(name) ?? []), address])
  }
  return overrides
}

/** `--dns ADDR[:PORT]` in the form `dns.setServers` takes. */
export function parseDnsServer(text: string): string {
  const place = parsePlace(text)
  if (place === undefined || isIP(place.host) === 0) {
    throw new TargetError('bad-option', `--dns: "${text}" is not the address of a name server`, {
      hint: 'write --dns 9.9.9.9 or --dns 127.0.0.1:5353',
    })
  }
  const host = isIP(place.host) === 6 ? `[${place.host}]` : place.host
  return `${host}:${place.port ?? 53}`
}

/** `ADDR` or `ADDR:PORT`; undefined for what is neither. */
export function parsePlace(text: string): { host: string; port: number | undefined } | undefined {
  const written = text.trim()
  const match = isIP(written) === 0 ? /^(\[[^\]]*\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(written) : ['', written, undefined]
  const host = bare(match?.[1] ?? '')
  const port = match?.[2] === undefined ? undefined : Number(match[2])
  const known = isIP(host) === 0 ? toAscii(host) : host
  if (known === undefined || (port !== undefined && (port < 1 || port > 65_535))) return undefined
  return { host: known, port }
}

function bare(address: string): string {
  return address.replace(/^\[(.*)\]$/, '$1')
}
