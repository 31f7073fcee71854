// What a TLS handshake showed, as plain values. Used by the line socket; checks judge it.
import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

export interface CertificateFacts {
  /** One RDN a line, as Node prints names: `CN=chat.example`. */
  readonly subject: string
  readonly issuer: string
  /** `DNS:chat.example`, `IP Address:192.0.2.1`. */
  readonly subjectAltNames: readonly string[]
  readonly validFrom: Date
  readonly validTo: Date
  /** SHA-256 of the DER, lower-case hex without colons. */
  readonly fingerprint256: string
  readonly serialNumber: string
  /** `rsa`, `ec`, `ed25519` ... */
  readonly keyType: string
  /** Modulus or curve size; undefined where the type says it all. */
  readonly keyBits: number | undefined
  readonly isAuthority: boolean
  /** PEM. */
  readonly pem: string
}

export interface TlsFacts {
  /** `TLSv1.3` */
  readonly protocol: string
  /** The standard name: `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string
  /** What the server chose, or false. */
  readonly alpn: string | false
  /** The server name we sent, or false. */
  readonly servername: string | false
  /** Whether the chain leads to a root of ours, whatever the trust mode makes of it. */
  readonly authorized: boolean
  /** Node's code for why not: `DEPTH_ZERO_SELF_SIGNED_CERT`, `CERT_HAS_EXPIRED`. */
  readonly authorizationError: string | undefined
  /** Whether the leaf carries the endpoint's name. */
  readonly nameMatches: boolean
  /** As presented, leaf first: what the server sent, not what was found in our store. */
  readonly chain: readonly CertificateFacts[]
  readonly chainLength: number
}

export function presentedChain(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  const seen = new Set<string>()
  let next = socket.getPeerX509Certificate()
  for (let i = 0; next !== undefined && i < 16; i++) {
    // The leaf comes first and once more as the head of what the peer sent.
    if (!seen.has(next.fingerprint256)) chain.push(next)
    seen.add(next.fingerprint256)
    next = next.issuerCertificate
  }
  return chain
}

/** The latest ones by fingerprint: thousands of connections are shown the same. */
const seen = new Map<string, CertificateFacts>()
const mostSeen = 100

export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const { fingerprint256 } = certificate
  const known = seen.get(fingerprint256)
  if (known !== undefined) return known
  if (seen.size === mostSeen) seen.clear()
  const facts = factsOf(certificate)
  seen.set(fingerprint256, facts)
  return facts
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const { asymmetricKeyType = 'unknown', asymmetricKeyDetails } = certificate.publicKey
  return {
    subject: certificate.subject ?? '',
    issuer: certificate.issuer ?? '',
    subjectAltNames: certificate.subjectAltName?.split(', ') ?? [],
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    fingerprint256: fingerprint(certificate.fingerprint256),
    serialNumber: certificate.serialNumber,
    keyType: asymmetricKeyType,
    keyBits: asymmetricKeyDetails?.modulusLength ?? curveBits(asymmetricKeyDetails?.namedCurve),
    isAuthority: certificate.ca,
    pem: certificate.toString(),
  }
}

/** Lower-case hex without colons or spaces. */
export function fingerprint(text: string): string {
  return text.replace(/[:\s]/g, '').toLowerCase()
}

function curveBits(curve: string | undefined): number | undefined {
  if (curve === undefined) return undefined
  const digits = /(\d{3})/.exec(curve)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
