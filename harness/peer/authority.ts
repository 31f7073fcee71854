// A certificate authority of the peer, and what it signs: the right certificate for a mail exchange, or one with a flaw.
// Used by harness/peer. Loads its library with the first certificate.
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto'

/** good: signed, named and dated as it must be; each other one has one flaw. self: signed by itself. */
export type CertificateKind = 'good' | 'stranger' | 'other-name' | 'expired' | 'self'

/** PEM. */
export interface Leaf {
  readonly certificate: string
  readonly key: string
}

export interface Authority {
  /** PEM of what others must trust. */
  readonly certificate: string
  issue(kind: CertificateKind, name: string, ...also: readonly string[]): Promise<Leaf>
}

interface Issuer {
  readonly name: string
  readonly key: webcrypto.CryptoKey
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000

export async function createAuthority(): Promise<Authority> {
  // The library needs the metadata polyfill to be there first.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const now = Date.now()

  const sign = async (
    subject: string,
    days: readonly [from: number, to: number],
    { issuer, names = [] }: { readonly issuer?: Issuer | undefined; readonly names?: readonly string[] } = {},
  ) => {
    const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const isAuthority = names.length === 0
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject,
      issuer: issuer?.name ?? subject,
      notBefore: new Date(now + days[0] * day),
      notAfter: new Date(now + days[1] * day),
      signingAlgorithm: algorithm,
      publicKey: pair.publicKey,
      signingKey: issuer?.key ?? pair.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(isAuthority, undefined, true),
        ...(isAuthority
          ? [new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)]
          : [
              new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
              new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns' as const, value }))),
            ]),
      ],
    })
    const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey))
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' })
    return { pem: certificate.toString('pem'), key: key.toString(), issuer: { name: subject, key: pair.privateKey } }
  }

  // A name of its own: who trusts several authorities of one name may look at the wrong one.
  const own = await sign(`CN=chatmail-check peer CA ${serial()}`, [-1, 3_650])
  const issuerOf = async (kind: CertificateKind): Promise<Issuer | undefined> => {
    if (kind === 'self') return undefined
    return kind === 'stranger' ? (await sign('CN=nobody trusts this peer', [-1, 3_650])).issuer : own.issuer
  }
  return {
    certificate: own.pem,
    async issue(kind, name, ...also) {
      const shown = kind === 'other-name' ? `other.${name}` : name
      const { pem, key } = await sign(`CN=${shown}`, kind === 'expired' ? [-90, -2] : [-1, 90], {
        issuer: await issuerOf(kind),
        names: [shown, ...also],
      })
      return { certificate: pem, key }
    },
  }
}

/** Positive 16-byte number in hex. */
function serial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex')
}
