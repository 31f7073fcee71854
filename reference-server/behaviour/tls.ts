// Decisions about certificates and TLS versions. Read by certificates.ts and every listener.

export interface TlsBehaviour {
  /** Oldest version on 465, 587, 993 and 143. */
  readonly clientPortsFrom: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'
  /** Oldest version on 443. */
  readonly webFrom: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'
  /** Names in the certificate; `{domain}` stands for each domain. */
  readonly names: readonly string[]
  /** authority: signed by the server's CA; self: by itself; stranger: by a CA that nobody has. */
  readonly issuer: 'authority' | 'self' | 'stranger'
  /** Days from the start of the server to the start and the end of the certificate. */
  readonly validFromDays: number
  readonly validUntilDays: number
  /** Protocols offered by ALPN on the client ports; empty means the extension is ignored. */
  readonly alpn: readonly string[]
}

export const conformingTls: TlsBehaviour = {
  clientPortsFrom: 'TLSv1.3',
  webFrom: 'TLSv1.2',
  names: ['{domain}', 'www.{domain}', 'mta-sts.{domain}'],
  issuer: 'authority',
  validFromDays: -1,
  validUntilDays: 89,
  alpn: [],
}
