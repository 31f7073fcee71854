// What Delta Chat is told to log in with: the QR forms, and where a host's names lead. Pure; decided by facts of the host only.
import { type Endpoint, type Host, type Service, standardPorts } from '../host/host.ts'
import type { Place } from './socks.ts'

interface Credentials {
  readonly address: string
  readonly password: string
}

/**
 * Whether Delta Chat believes the host's certificates by itself. Its roots are compiled in; only for server names that begin
 * with `_` it does not ask who signed, since 2.46.
 */
export function isBelieved(host: Host): boolean {
  const places = Object.values(host.endpoints).filter(({ service }) => service !== 'smtp' && service !== 'http')
  return places.every(({ name }) => name.startsWith('_') || (host.trust.mode === 'system' && !isAddress(name)))
}

/** `dclogin:` with nothing but name and password: core finds the servers, and believes only what it believes by itself. */
export function plainLoginCode({ address, password }: Credentials): string {
  return `dclogin:${encodeURI(address)}?p=${encodeURIComponent(password)}&v=1`
}

/** `dclogin:` with servers, ports and security; certificates are taken as they come where core would not believe them. */
export function fullLoginCode(host: Host, credentials: Credentials): string {
  const imap = host.endpoints.imaps ?? host.endpoints.imap
  const smtp = host.endpoints.submissions ?? host.endpoints.submission
  const place = (letter: 'i' | 's', endpoint: Endpoint | undefined) =>
    endpoint === undefined
      ? ''
      : `&${letter}h=${bare(endpoint.name)}&${letter}p=${endpoint.port}&${letter}s=${endpoint.security === 'tls' ? 'ssl' : 'starttls'}`
  return `${plainLoginCode(credentials)}${place('i', imap)}${place('s', smtp)}&ic=${isBelieved(host) ? 0 : 3}`
}

/** Where the ports that a client asks for really are: by each endpoint's name, and by the mail domain, with the standard port. */
export function routesTo(host: Host): (name: string, port: number) => Place | undefined {
  const places = new Map<string, Place>()
  for (const [service, endpoint] of Object.entries(host.endpoints) as [Service, Endpoint][]) {
    // Clients have no business on these.
    if (service === 'smtp' || service === 'http') continue
    for (const name of [endpoint.name, host.domain]) {
      for (const port of [standardPorts[service], endpoint.port]) {
        const key = `${bare(name).toLowerCase()}:${port}`
        if (name === endpoint.name || !places.has(key)) places.set(key, endpoint)
      }
    }
  }
  return (name, port) => places.get(`${bare(name)}:${port}`)
}

function bare(name: string): string {
  return name.replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1')
}

function isAddress(name: string): boolean {
  return /^[\d.]+$/.test(name) || /[:[]/.test(name)
}
