// Why a certificate is not trusted, in a sentence with the facts: dates, names, issuer. Used when probing.
import type { CertificateFacts } from '../clients/tls-facts.ts'

export interface ShownCertificate {
  /** The leaf, where it could be looked at. */
  readonly leaf?: CertificateFacts | undefined
  /** Node's code for what is wrong, e.g. `CERT_HAS_EXPIRED`, or ours: `PIN_MISMATCH`. */
  readonly code: string | undefined
}

/** `place` is `chat.example:993`. */
export function certificateFault(place: string, name: string, { leaf, code }: ShownCertificate): string {
  const subject = `certificate of ${place}`
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return `${subject} expired${leaf === undefined ? '' : ` on ${day(leaf.validTo)}`}`
    case 'CERT_NOT_YET_VALID':
      return `${subject} is not valid yet${leaf === undefined ? '' : `, only from ${day(leaf.validFrom)} on`}`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `${subject} is not for ${name}${leaf === undefined ? '' : ` but for ${namesOf(leaf)}`}`
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `${subject} is self-signed`
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `${subject} comes from an authority that is not trusted here${issuer(leaf)}`
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'CERT_SIGNATURE_FAILURE':
      return `${subject} comes from an unknown authority, or the chain is incomplete${issuer(leaf)}`
    case 'PIN_MISMATCH':
      return `${subject} is not the pinned one${leaf === undefined ? '' : `; its SHA-256 is ${leaf.fingerprint256}`}`
    default:
      return `${subject} is not trusted${code === undefined ? '' : ` (${code})`}`
  }
}

function namesOf(leaf: CertificateFacts): string {
  const names = leaf.subjectAltNames.map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
  const shown = names.slice(0, 4).join(', ') || short(leaf.subject)
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown
}

function issuer(leaf: CertificateFacts | undefined): string {
  return leaf === undefined ? '' : ` (issuer ${short(leaf.issuer)})`
}

function short(name: string): string {
  return name.replace(/\s*\n\s*/g, ', ').slice(0, 120)
}

function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10)
}
