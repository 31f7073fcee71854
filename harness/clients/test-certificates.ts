// Certificates for tests of trust: an authority, an intermediate, and leaves of any name and age.
import 'reflect-metadata'
import { createPrivateKey, webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000

export interface Issued {
  readonly certificate: X509Certificate
  readonly pem: string
  readonly key: string
  readonly keys: webcrypto.CryptoKeyPair
}

export async function issue(
  subject: string,
  options: {
    issuer?: Issued
    authority?: boolean
    names?: readonly string[]
    days?: readonly [from: number, to: number]
  },
): Promise<Issued> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { issuer, authority = false, names = [], days = [-1, 30] } = options
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '01',
    subject: `CN=${subject}`,
    issuer: issuer?.certificate.subject ?? `CN=${subject}`,
    notBefore: new Date(Date.now() + days[0] * day),
    notAfter: new Date(Date.now() + days[1] * day),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: issuer?.keys.privateKey ?? keys.privateKey,
    extensions: [
      new BasicConstraintsExtension(authority, undefined, true),
      ...(names.length === 0
        ? []
        : [
            new SubjectAlternativeNameExtension(
              names.map((value) => ({ type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const), value })),
            ),
          ]),
    ],
  })
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' })
  return { certificate, pem: certificate.toString('pem'), key: key.toString(), keys }
}
