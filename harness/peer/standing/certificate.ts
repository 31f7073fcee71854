// The certificate of a live peer: one that other servers believe, from files of the user. Used by standing-peer.ts.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { TargetError } from '../../host/target-error.ts'
import type { Leaf } from '../authority.ts'

export interface BelievedCertificate extends Leaf {
  covers(name: string): boolean
}

/** `certificate` is PEM, leaf first, with what links it to a root. Throws TargetError `bad-file`. */
export function readBelieved(certificate: string, key: string, now = Date.now()): BelievedCertificate {
  let leaf: X509Certificate
  let secret: KeyObject
  try {
    leaf = new X509Certificate(certificate)
  } catch (cause) {
    throw new TargetError('bad-file', '--peer-cert: the file holds no certificate in PEM', { cause })
  }
  try {
    secret = createPrivateKey(key)
  } catch (cause) {
    throw new TargetError('bad-file', '--peer-key: the file holds no private key in PEM', { cause })
  }
  if (!leaf.checkPrivateKey(secret)) {
    throw new TargetError('bad-file', '--peer-key: it is not the key of the certificate in --peer-cert')
  }
  if (Date.parse(leaf.validTo) < now) {
    throw new TargetError('bad-file', `--peer-cert: the certificate has expired on ${leaf.validTo}`)
  }
  return { certificate, key, covers: (name) => leaf.checkHost(name) !== undefined }
}
