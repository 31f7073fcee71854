// Decisions about ports, certificates and TLS versions. Read by certificates.ts and every listener.

type SecurePort = 'imaps' | 'imap' | 'submissions' | 'submission' | 'smtp' | 'https'

type Version = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

export interface CertificateBehaviour {
  /** Names in the certificate; `{domain}` stands for each domain. */
  readonly names: readonly string[]
  /** authority: signed by the server's CA; self: by itself; stranger: by a CA that nobody has. */
  readonly issuer: 'authority' | 'self' | 'stranger'
  /** What it is signed by: the authority itself, or another one between, whose certificate is sent, or left out. */
  readonly chain: 'direct' | 'sent' | 'left-out'
  readonly keys: 'p256' | 'rsa-2048' | 'rsa-1024'
  /** Days from the start of the server to the start and the end of the certificate. */
  readonly validFromDays: number
  readonly validUntilDays: number
}

export interface TlsBehaviour extends CertificateBehaviour {
  /** Oldest and newest version on 465, 587, 993 and 143. */
  readonly clientPortsFrom: Version
  readonly clientPortsUpTo: Version
  /** The same on 25. */
  readonly relayFrom: Version
  readonly relayUpTo: Version
  /** The same on 443. */
  readonly webFrom: Version
  readonly webUpTo: Version
  /**
   * Of OpenSSL: on the ports for apps, on 25 and on 443. At 0, versions before 1.2, keys of 1024 bits and `weakSuites` are
   * really taken. Postfix sets it to 0 by itself, others leave it at 2.
   */
  readonly securityLevel: { readonly mail: 0 | 2; readonly relay: 0 | 2; readonly web: 0 | 2 }
  /** Taken beside the others, up to TLS 1.2: suites that encrypt nothing, and suites without a certificate. */
  readonly weakSuites: readonly ('eNULL' | 'aNULL')[]
  /**
   * A server all of whose names are private (they begin with `_`, or are addresses) signs its certificate itself, for a
   * hundred years, as no public authority would; clients take any certificate for such names that carries them.
   */
  readonly selfSignsPrivateNames: boolean
  /** Addresses stand in the certificate as names, which nobody's check of addresses finds, or as addresses. */
  readonly literalsAs: 'dns' | 'ip'
  /** Ports on which nobody listens; 25 and 80 are decided elsewhere. */
  readonly closed: readonly Exclude<SecurePort, 'smtp'>[]
  /** Ports with a certificate of their own. */
  readonly ownCertificateOn: readonly SecurePort[]
  /** In what that one differs. */
  readonly ownCertificate: Partial<CertificateBehaviour>
  /** Submission handshakes without a server name are cut off (clients send none with STARTTLS). */
  readonly requiresServerName: boolean
  /** Milliseconds before the answer to a handshake on 465. */
  readonly handshakeDelayMs: number
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
  clientPortsUpTo: 'TLSv1.3',
  relayFrom: 'TLSv1.2',
  relayUpTo: 'TLSv1.3',
  webFrom: 'TLSv1.2',
  webUpTo: 'TLSv1.3',
  securityLevel: { mail: 2, relay: 2, web: 2 },
  weakSuites: [],
  names: ['{domain}', 'www.{domain}', 'mta-sts.{domain}'],
  issuer: 'authority',
  chain: 'direct',
  keys: 'p256',
  selfSignsPrivateNames: true,
  literalsAs: 'dns',
  validFromDays: -1,
  validUntilDays: 89,
  closed: [],
  ownCertificateOn: [],
  ownCertificate: {},
  requiresServerName: false,
  handshakeDelayMs: 0,
  alpn: [],
  sharedPort: [
    { offer: 'smtp', service: 'submissions' },
    { offer: 'imap', service: 'imaps' },
  ],
}
