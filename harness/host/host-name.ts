// HOST as people write it becomes the names the protocols need. Used by discovery and by anything that compares hosts.
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { TargetError } from './target-error.ts'

export interface HostName {
  /** As the user wrote it, without a trailing dot. */
  readonly label: string
  /** domain: in the public DNS; self-signed: a name that begins with `_`; address: an IP literal. */
  readonly kind: 'domain' | 'self-signed' | 'address'
  /** What stands after the @: `chat.example`, `_chat.test`, `[192.0.2.1]`, `[IPv6:2001:db8::1]` (RFC 5321 4.1.3). */
  readonly domain: string
  /** What is looked up and what certificates carry: the domain in ASCII, or the bare IP address. */
  readonly name: string
}

/** Throws TargetError `bad-name` with a hint where we can guess what was meant. */
export function parseHostName(text: string): HostName {
  const label = text.trim()
  if (label === '')
    throw new TargetError('bad-name', 'HOST is empty', { hint: 'name a mail domain, like chat.example' })
  return addressLiteral(label) ?? domainName(label)
}

/** The mail domain of an IP address. */
function literalDomain(address: string): string {
  return isIP(address) === 6 ? `[IPv6:${address}]` : `[${address}]`
}

function addressLiteral(label: string): HostName | undefined {
  const bracketed = /^\[(?:ipv6:)?([^\]]*)\]$/i.exec(label)
  const inner = bracketed?.[1] ?? label
  // A zone ("%eth0") names an interface of one machine only: no mail domain has it.
  const version = inner.includes('%') ? 0 : isIP(inner)
  if (version === 0) {
    if (bracketed === null) return undefined
    throw new TargetError('bad-name', `"${label}" is not an address literal`, {
      hint: 'write [192.0.2.1] or [IPv6:2001:db8::1]',
    })
  }
  if (version === 4 && /^\[ipv6:/i.test(label)) {
    throw new TargetError('bad-name', `"${label}" holds an IPv4 address`, { hint: `did you mean [${inner}]?` })
  }
  const name = version === 6 ? canonicalIpv6(inner) : inner
  return { label, kind: 'address', domain: literalDomain(name), name }
}

function domainName(label: string): HostName {
  const guess = misplaced(label)
  if (guess !== undefined) {
    throw new TargetError('bad-name', `"${label}" is not a host but ${guess.what}`, { hint: guess.hint })
  }
  const written = label.endsWith('.') ? label.slice(0, -1) : label
  const name = toAscii(written)
  if (name === undefined) {
    throw new TargetError('bad-name', `"${label}" is not a domain name`, {
      hint: 'name a mail domain, like chat.example',
    })
  }
  return { label: written, kind: name.startsWith('_') ? 'self-signed' : 'domain', domain: name, name }
}

/** Things people paste where a host belongs. */
function misplaced(label: string): { what: string; hint: string } | undefined {
  const meant = (host: string | undefined) => (host ? `did you mean ${host}?` : 'name a mail domain, like chat.example')
  const url = /^(?:[a-z][a-z0-9+.-]*:)+\/\/(?:[^/@\s]*@)?([^/:?#\s]+)/i.exec(label)
  if (url !== null) return { what: 'a URL', hint: meant(url[1]) }
  const mail = /^(?:[a-z]+:)?[^@\s]*@(.+?)(?:\?.*)?$/i.exec(label)
  if (mail !== null) return { what: 'a mail address', hint: meant(mail[1]) }
  const path = /^([^/\s]+)\//.exec(label)
  if (path !== null) return { what: 'a path', hint: meant(path[1]) }
  const port = /^([^:\s]+):(\d+)$/.exec(label)
  if (port !== null) {
    return {
      what: 'a host with a port',
      hint: `name ${port[1]} and add --connect imaps=ADDR:${port[2]} for another port`,
    }
  }
  return undefined
}

/** Lower-case ASCII form of a domain, or undefined when it is none. A label may hold `_`, as in `_chat.test`. */
export function toAscii(domain: string): string | undefined {
  const ascii = /^[\x21-\x7e]*$/.test(domain) ? domain : domainToASCII(domain)
  const name = ascii.toLowerCase()
  if (name.length === 0 || name.length > 253) return undefined
  const labels = name.split('.')
  if (!labels.every((part) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(part))) return undefined
  // "192.0.2" and "1.2.3.4.5" are neither addresses nor domains (RFC 3696 section 2).
  return /^\d+$/.test(labels.at(-1) ?? '') ? undefined : name
}

function canonicalIpv6(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1)
}
