// Which certificates are believed: flags and the kind of host name become a Trust.
import { X509Certificate } from 'node:crypto'
import type { Trust } from './host.ts'
import type { HostName } from './host-name.ts'
import { TargetError } from './target-error.ts'

export interface TrustFlags {
  /** PEM texts: only these roots. */
  readonly ca?: readonly string[] | undefined
  readonly pin?: string | undefined
  readonly trustPresented?: boolean | undefined
}

/**
 * Without flags: the public roots for a domain, the name alone for `_` domains, anything for IP literals; relays of the
 * last two kinds sign their own certificates, and Delta Chat accepts those.
 */
export function trustFor(host: HostName, flags: TrustFlags = {}): Trust {
  demandOneTrust(flags)
  if (flags.trustPresented) return { mode: 'presented' }
  if (flags.pin !== undefined) return { mode: 'pin', pin: parsePin(flags.pin) }
  if (flags.ca?.length) return { mode: 'ca', ca: flags.ca.map(checkedPem) }
  if (host.kind === 'address') return { mode: 'presented' }
  return { mode: host.kind === 'self-signed' ? 'name-only' : 'system' }
}

/** At most one of the flags, and a pin that can be read; of `ca` only whether there is any. Throws TargetError. */
export function demandOneTrust(flags: TrustFlags): void {
  const given = [
    ...(flags.ca?.length ? ['--ca'] : []),
    ...(flags.pin === undefined ? [] : ['--pin']),
    ...(flags.trustPresented ? ['--trust-presented'] : []),
  ]
  if (given.length > 1) {
    throw new TargetError('bad-option', `${given.join(' and ')} contradict each other`, { hint: 'give one of them' })
  }
  if (flags.pin !== undefined) parsePin(flags.pin)
}

/** The SHA-256 of a certificate as lower-case hex without colons. Takes hex, hex with colons, and base64. */
export function parsePin(text: string): string {
  if (/^sha256\/\//i.test(text.trim())) {
    throw new TargetError('bad-option', '--pin: this is the hash of a key, not of a certificate', {
      hint: 'take the fingerprint: openssl x509 -in cert.pem -noout -fingerprint -sha256',
    })
  }
  const bare = text.trim().replace(/^sha-?256(?: fingerprint)?[:/=]/i, '')
  const hex = bare.replace(/[:\s]/g, '')
  if (/^[0-9a-f]{64}$/i.test(hex)) return hex.toLowerCase()
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(bare)) return Buffer.from(bare, 'base64').toString('hex')
  throw new TargetError('bad-option', `--pin: "${text}" is not a SHA-256`, {
    hint: 'write 64 hex digits (colons allowed) or 44 characters of base64',
  })
}

/** PEM text with a certificate in it. Throws TargetError. */
export function checkedPem(pem: string): string {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  try {
    for (const block of blocks) new X509Certificate(block)
  } catch (cause) {
    throw new TargetError('bad-file', '--ca: the file holds a certificate that cannot be read', { cause })
  }
  if (blocks.length === 0) {
    throw new TargetError('bad-file', '--ca: the file holds no certificate', {
      hint: 'it must be PEM: -----BEGIN CERTIFICATE-----',
    })
  }
  return pem
}
