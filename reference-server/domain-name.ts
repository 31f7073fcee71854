// What kind of name a mail domain is. Used by certificates, the zone and the web side.

/** `[192.0.2.1]`: the address in it; undefined for names. */
export function literalAddress(domain: string): string | undefined {
  return /^\[(?:ipv6:)?([0-9a-f:.]+)\]$/i.exec(domain)?.[1]
}

/** Names that no public authority vouches for: those that begin with `_`, and addresses. */
export function isPrivateName(domain: string): boolean {
  return domain.startsWith('_') || literalAddress(domain) !== undefined
}

/** As it stands in URLs and host names: a literal without its brackets. */
export function webName(domain: string): string {
  const address = literalAddress(domain)
  return address === undefined ? domain : address.includes(':') ? `[${address}]` : address
}
