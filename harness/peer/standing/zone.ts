// What the DNS must say of a live peer: few records, which never change. Names for single checks come from wildcards. Pure.
import { isIPv6 } from 'node:net'
import { keyRecord, revokedRecord, type SignerKeys, selectors } from '../signer.ts'

/** Names without the final dot; `*` stands for any label. */
export type ZoneRecord = {
  readonly name: string
} /** `any`: the machine has another address for itself than others have for it. */ & (
  | { readonly type: 'A' | 'AAAA'; readonly address: string; readonly any: boolean }
  | { readonly type: 'MX'; readonly exchange: string; readonly preference: number }
  /** `begins`: another text that begins so is as good. */
  | { readonly type: 'TXT'; readonly text: string; readonly begins?: string }
)

export interface ZoneOptions {
  readonly domain: string
  /** Where all exchanges are, but for those that need ports of their own. */
  readonly shared: string
  readonly lone: string | undefined
  readonly keys: SignerKeys
}

export function namesOf(domain: string) {
  return {
    /** Writes mail. */
    from: `from.${domain}`,
    below: `sub.from.${domain}`,
    /** Has no records of its own: the wildcard holds its key. */
    other: `other.${domain}`,
    nullMx: `nomail.${domain}`,
    /** The host of nearly all exchanges. */
    host: `mx.${domain}`,
    /** The host of exchanges that need a port of their own. */
    lone: `lone.${domain}`,
    /** Names below it have two hosts: the usual one first, or the other one. */
    two: `two.${domain}`,
    next: `next.${domain}`,
    /** Every name below it is a host with an address and no MX record. */
    bare: `bare.${domain}`,
  }
}

export function standingZone({ domain, shared, lone, keys }: ZoneOptions): readonly ZoneRecord[] {
  const { from, below, nullMx, host, lone: loneHost, two, next, bare } = namesOf(domain)
  const mx = (name: string, exchange: string, preference = 10): ZoneRecord => ({
    name,
    type: 'MX',
    exchange,
    preference,
  })
  const good = keyRecord(keys.rsa)
  const key = (selector: string, name: string, text: string): ZoneRecord => ({
    name: `${selector}._domainkey.${name}`,
    type: 'TXT',
    text,
  })
  const dmarc = 'v=DMARC1; p=reject; adkim=s; aspf=s'
  return [
    address(host, shared),
    mx(`*.${domain}`, host),
    mx(from, host),
    mx(nullMx, '.', 0),
    address(nullMx, shared),
    key(selectors.good, from, good),
    key(selectors.ed25519, from, keyRecord(keys.ed25519)),
    key(selectors.revoked, from, revokedRecord),
    key(selectors.good, below, good),
    key(selectors.good, domain, good),
    // The key of every name below that has no records of its own.
    { name: `*.${domain}`, type: 'TXT', text: good },
    // Its word must not make up for a signature that is bad.
    { name: from, type: 'TXT', text: 'v=spf1 ?all', begins: 'v=spf1' },
    { name: `_dmarc.${domain}`, type: 'TXT', text: dmarc, begins: 'v=DMARC1' },
    ...(lone === undefined
      ? []
      : [
          address(loneHost, lone),
          mx(`*.${loneHost}`, loneHost),
          mx(`*.${two}`, host),
          mx(`*.${two}`, loneHost, 20),
          mx(`*.${next}`, loneHost),
          mx(`*.${next}`, host, 20),
          address(`*.${bare}`, lone),
        ]),
  ]
}

function address(name: string, at: string): ZoneRecord {
  return { name, type: isIPv6(at) ? 'AAAA' : 'A', address: at, any: isBehindAnother(at) }
}

/** Not what others connect to: any address, one of a private network, or one that providers share (RFC 1918, 4193, 6598). */
function isBehindAnother(at: string): boolean {
  return (
    at === '0.0.0.0' ||
    at === '::' ||
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][\da-f]{2}:|fe80:)/i.test(
      at,
    )
  )
}

/** A line of a zone file (RFC 1035 5.1). */
export function zoneLine(record: ZoneRecord): string {
  return `${record.name}. IN ${record.type} ${dataOf(record)}`
}

function dataOf(record: ZoneRecord): string {
  switch (record.type) {
    case 'MX':
      return `${record.preference} ${record.exchange === '.' ? '.' : `${record.exchange}.`}`
    case 'TXT':
      // A string has at most 255 octets (RFC 1035 3.3).
      return (record.text.match(/.{1,255}/g) ?? ['']).map((part) => `"${part}"`).join(' ')
    default:
      return record.any ? '<the address that others reach this machine by>' : record.address
  }
}
