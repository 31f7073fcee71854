// Decisions about certificates and TLS versions. Read by certificates.ts and every listener.

export interface TlsBehaviour {
  /** Oldest version on 465, 587, 993 and 143. */
  readonly clientPortsFrom: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'
  /** Oldest version on 25. */
  readonly relayFrom: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'
  /** Oldest version on 443. */
  readonly webFrom: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'
  /** Names in the certificate; `{domain}` stands for each domain. */
  readonly names: readonly string[]
  /** authority: signed by the server's CA; self: by itself; stranger: by a CA that nobody has. */
  readonly issuer: 'authority' | 'self' | 'stranger'
  /**
   * A server all of whose names are private (they begin with `_`, or are addresses) signs its certificate itself, for a
   * hundred years, as no public authority would; clients take any certificate for such names that carries them.
   */
  readonly selfSignsPrivateNames: boolean
  /** Addresses stand in the certificate as names, which nobody's check of addresses finds, or as addresses. */
  readonly literalsAs: 'dns' | 'ip'
  /** Days from the start of the server to the start and the end of the certificate. */
  readonly validFromDays: number
  readonly validUntilDays: number
  /** Ports with a certificate of their own, of the same authority. */
  readonly ownCertificateOn: readonly ('imaps' | 'imap' | 'submissions' | 'submission' | 'smtp' | 'https')[]
  /** Submission handshakes without a server name are cut off (clients send none with STARTTLS). */
  readonly requiresServerName: boolean
  /** Protocols offered by ALPN on 465; empty: the extension is ignored. Others are then refused by the handshake. */
  readonly alpn: readonly string[]
  /**
   * Who takes a connection to 443, by what the client offers by ALPN: the first entry that is among the offers; the web
   * where none is. Empty: 443 is the web's alone.
   */
  readonly sharedPort: readonly {
    readonly offer: string
    readonly service: 'imaps' | 'imap' | 'submissions' | 'submission'
  }[]
}

export const conformingTls: TlsBehaviour = {
  clientPortsFrom: 'TLSv1.3',
  relayFrom: 'TLSv1.2',
  webFrom: 'TLSv1.2',
  names: ['{domain}', 'www.{domain}', 'mta-sts.{domain}'],
  issuer: 'authority',
  selfSignsPrivateNames: true,
  literalsAs: 'dns',
  validFromDays: -1,
  validUntilDays: 89,
  ownCertificateOn: [],
  requiresServerName: false,
  alpn: [],
  sharedPort: [
    { offer: 'smtp', service: 'submissions' },
    { offer: 'imap', service: 'imaps' },
  ],
}
