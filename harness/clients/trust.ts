// Whether we go on with what a server showed: the one place that decides it. Used by the line socket after each handshake.
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import type { Trust } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import { fingerprint, type TlsFacts } from './tls-facts.ts'

/** Undefined when trusted; else a WireError 'certificate' whose detail is Node's code. */
export function distrust(trust: Trust, facts: TlsFacts, name: string, stage: string): WireError | undefined {
  const refuse = (detail: string, message: string) =>
    new WireError('certificate', stage, `${stage}: certificate of ${name}: ${message}`, { detail })
  const leaf = facts.chain[0]
  if (leaf === undefined) return refuse('NO_CERTIFICATE', 'none was shown')
  switch (trust.mode) {
    case 'presented':
      return undefined
    case 'pin':
      if (trust.pin !== undefined && leaf.fingerprint256 === fingerprint(trust.pin)) return undefined
      return refuse('PIN_MISMATCH', `SHA-256 is ${leaf.fingerprint256}, which is not the pinned one`)
    case 'name-only':
      break
    case 'system':
    case 'ca':
      if (!facts.authorized) {
        const code = facts.authorizationError ?? 'UNKNOWN'
        return refuse(code, `not trusted (${code})`)
      }
  }
  if (facts.nameMatches) return undefined
  const names = leaf.subjectAltNames.join(', ') || leaf.subject
  return refuse('ERR_TLS_CERT_ALTNAME_INVALID', `made out to ${names}`)
}

/** `chat.example`, `192.0.2.1`, `2001:db8::1` out of what hosts are called: `[192.0.2.1]`, `[IPv6:2001:db8::1]`. */
export function bareName(name: string): string {
  return name.replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1')
}

/** By subject alternative names alone: clients of today look at no common name (RFC 9525). */
export function nameMatches(name: string, certificate: PeerCertificate): boolean {
  return certificate.subjectaltname !== undefined && checkServerIdentity(bareName(name), certificate) === undefined
}
