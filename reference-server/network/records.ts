// DNS records as the network of the reference server holds them. Names without the final dot, in any case.

export type DnsRecord = { readonly name: string } & (
  | { readonly type: 'A'; readonly address: string }
  | { readonly type: 'AAAA'; readonly address: string }
  | { readonly type: 'CNAME'; readonly target: string }
  /** Exchange `.` with preference 0: takes no mail (RFC 7505). */
  | { readonly type: 'MX'; readonly exchange: string; readonly preference: number }
  /** One text, however many strings of 255 octets it needs on the wire. */
  | { readonly type: 'TXT'; readonly text: string }
  | {
      readonly type: 'SRV'
      readonly target: string
      readonly port: number
      readonly priority: number
      readonly weight: number
    }
  | { readonly type: 'CAA'; readonly flags: number; readonly tag: string; readonly value: string }
  | { readonly type: 'NS'; readonly target: string }
  /** Times in seconds. */
  | {
      readonly type: 'SOA'
      readonly primary: string
      readonly mailbox: string
      readonly serial: number
      readonly refresh: number
      readonly retry: number
      readonly expire: number
      readonly minimum: number
    }
)

export type RecordType = DnsRecord['type']

export type RecordOf<T extends RecordType> = Extract<DnsRecord, { readonly type: T }>

export interface DnsAnswer<T extends RecordType> {
  /** no-data: the name exists without such a record; no-name: NXDOMAIN; trouble: SERVFAIL or no answer. */
  readonly status: 'found' | 'no-data' | 'no-name' | 'trouble'
  readonly records: readonly RecordOf<T>[]
}

/** Lower case, without the final dot. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
