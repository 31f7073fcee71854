// Throw-away certificates for tests of discovery: an authority, and leaves that are right or wrong in one way.
import { createPrivateKey, webcrypto } from 'node:crypto'

interface LeafWishes {
  /** DNS names or IP addresses. */
  readonly names?: readonly string[]
  readonly selfSigned?: boolean
  /** Days from now. */
  readonly from?: number
  readonly until?: number
}

export interface Leaf {
  /** PEM. */
  readonly cert: string
  readonly key: string
  /** SHA-256 of the DER, hex. */
  readonly sha256: string
}

export interface Authority {
  /** PEM. */
  readonly ca: string
  leaf(wishes?: LeafWishes): Promise<Leaf>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000

export async function createAuthority(name = 'Test Authority'): Promise<Authority> {
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const keys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const after = (days: number) => new Date(Date.now() + days * day)
  const issuer = await keys()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: after(-900),
    notAfter: after(900),
    signingAlgorithm: algorithm,
    keys: issuer,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  })
  return {
    ca: root.toString('pem'),
    async leaf({ names = ['chat.example'], selfSigned = false, from = -30, until = 60 } = {}) {
      const own = await keys()
      const leaf = await x509.X509CertificateGenerator.create({
        subject: `CN=${names[0]}`,
        issuer: selfSigned ? `CN=${names[0]}` : root.subject,
        notBefore: after(from),
        notAfter: after(until),
        signingAlgorithm: algorithm,
        publicKey: own.publicKey,
        signingKey: selfSigned ? own.privateKey : issuer.privateKey,
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const), value })),
          ),
        ],
      })
      const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey))
      const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' })
      const sha256 = Buffer.from(await leaf.getThumbprint('SHA-256')).toString('hex')
      return { cert: leaf.toString('pem'), key: key.toString(), sha256 }
    },
  }
}
