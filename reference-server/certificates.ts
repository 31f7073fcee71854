// A throw-away certificate authority and one leaf for all ports. Loads its library only when a server starts.
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import type { TlsBehaviour } from './behaviour/tls.ts'
import { isPrivateName, literalAddress } from './domain-name.ts'
import { type TlsContexts, tlsContexts } from './tls/contexts.ts'

/** PEM; what `--state` keeps so that clients need to trust the CA only once. */
export interface SavedAuthority {
  readonly certificate: string
  readonly key: string
}

export interface Certificates extends TlsContexts {
  /** What clients must trust, PEM; the leaf itself when it is self-signed. */
  readonly ca: string
  readonly authority: SavedAuthority
  /** The leaf, and what is sent with it. */
  readonly certificate: string
  readonly key: string
  /** Signed by itself, as the private names want it: there is no authority to trust. */
  readonly selfSigned: boolean
}

interface Authority extends SavedAuthority {
  readonly signing: webcrypto.CryptoKey
  readonly subject: string
}

const day = 86_400_000
const selfSignedDays = 36_500
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

function rsa(modulusLength: number) {
  const publicExponent = Uint8Array.of(1, 0, 1)
  return { name: 'RSASSA-PKCS1-v1_5', modulusLength, publicExponent, hash: 'SHA-256' } as const
}

const leafKeys = { p256: algorithm, 'rsa-2048': rsa(2_048), 'rsa-1024': rsa(1_024) } as const

export async function createCertificates(
  domains: readonly string[],
  behaviour: TlsBehaviour,
  saved?: SavedAuthority,
): Promise<Certificates> {
  // The library needs the metadata polyfill to be there first.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const now = Date.now()

  const makeKeys = async (of: TlsBehaviour['keys']) => {
    const pair = (await webcrypto.subtle.generateKey(leafKeys[of], true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
    const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey))
    const pem = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' })
    return { pair, pem: pem.toString() }
  }
  const importKey = (pem: string) => {
    const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' })
    return webcrypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, true, ['sign'])
  }
  /** Signed by itself, or by the one above it. */
  const makeAuthority = async (name: string, above?: Authority): Promise<Authority> => {
    const { pair, pem } = await makeKeys('p256')
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: name,
      issuer: above?.subject ?? name,
      notBefore: new Date(now - day),
      notAfter: new Date(now + 3_650 * day),
      signingAlgorithm: algorithm,
      publicKey: pair.publicKey,
      signingKey: above?.signing ?? pair.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(true, above === undefined ? 1 : 0, true),
        await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ],
    })
    return {
      certificate: certificate.toString('pem'),
      key: pem,
      signing: pair.privateKey,
      subject: certificate.subject,
    }
  }
  const selfSigned = behaviour.issuer === 'authority' && behaviour.selfSignsPrivateNames && domains.every(isPrivateName)
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage
  const signLeaf = async (leaf: webcrypto.CryptoKeyPair, issuer: Authority | undefined) => {
    const names = domains.flatMap((domain) =>
      behaviour.names.map((name) => name.replaceAll('{domain}', literalAddress(domain) ?? domain)),
    )
    const subject = `CN=${names[0] ?? 'nobody.invalid'}`
    return x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject,
      issuer: issuer?.subject ?? subject,
      notBefore: new Date(now + behaviour.validFromDays * day),
      notAfter: new Date(now + (selfSigned ? selfSignedDays : behaviour.validUntilDays) * day),
      signingAlgorithm: issuer === undefined ? leafKeys[behaviour.keys] : algorithm,
      publicKey: leaf.publicKey,
      signingKey: issuer?.signing ?? leaf.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension(selfSigned ? [serverAuth, clientAuth] : [serverAuth]),
        await x509.AuthorityKeyIdentifierExtension.create(
          issuer === undefined ? leaf.publicKey : new x509.X509Certificate(issuer.certificate).publicKey,
        ),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : behaviour.literalsAs, value })),
        ),
      ],
    })
  }

  const authority: Authority = saved
    ? {
        ...saved,
        signing: await importKey(saved.key),
        subject: new x509.X509Certificate(saved.certificate).subject,
      }
    : await makeAuthority('CN=chatmail-check test CA')
  const issuers: Record<TlsBehaviour['issuer'], () => Promise<Authority | undefined>> = {
    authority: async () => authority,
    stranger: () => makeAuthority('CN=nobody trusts this CA'),
    self: async () => undefined,
  }
  const leaf = await makeKeys(behaviour.keys)
  const issuer = await issuers[selfSigned ? 'self' : behaviour.issuer]()
  const between =
    issuer === undefined || behaviour.chain === 'direct'
      ? undefined
      : await makeAuthority('CN=chatmail-check test intermediate', issuer)
  const signed = await signLeaf(leaf.pair, between ?? issuer)
  const own = signed.toString('pem')
  const certificate = between !== undefined && behaviour.chain === 'sent' ? `${own}\n${between.certificate}` : own
  return {
    ca: selfSigned ? own : authority.certificate,
    selfSigned,
    authority: { certificate: authority.certificate, key: authority.key },
    certificate,
    key: leaf.pem,
    ...tlsContexts({ cert: certificate, key: leaf.pem }, behaviour),
  }
}

/** Positive 16-byte number in hex. */
function serial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex')
}
