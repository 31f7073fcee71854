// A failed knock in the words of a report: which kind of failure, and a sentence that says where and why.
import type { CertificateFacts } from '../clients/tls-facts.ts'
import type { Candidate, Endpoint } from '../host/host.ts'
import type { WireError } from '../host/wire-error.ts'
import { certificateFault } from './certificate-fault.ts'

type Outcome = Pick<Candidate, 'outcome'> & { readonly detail: string }

const protocols = {
  imaps: 'IMAP',
  imap: 'IMAP',
  submissions: 'SMTP',
  submission: 'SMTP',
  smtp: 'SMTP',
  https: 'HTTP',
  http: 'HTTP',
} as const

/** `leaf` is the certificate that was shown, when the failure is about it. */
export function outcomeOf(endpoint: Endpoint, error: WireError, leaf?: CertificateFacts): Outcome {
  const place = `${endpoint.name}:${endpoint.port}`
  const at = endpoint.name === endpoint.address ? place : `${place} (${endpoint.address})`
  const protocol = protocols[endpoint.service]
  const connecting = error.stage === 'connect'
  const securing = error.stage === 'TLS' || error.stage === 'STARTTLS'
  switch (error.code) {
    case 'refused':
      return { outcome: 'refused', detail: `${at} refuses connections: nothing listens there` }
    case 'unreachable':
      return { outcome: 'unreachable', detail: `no route from here to ${at}` }
    case 'certificate':
      return { outcome: 'untrusted', detail: certificateFault(place, endpoint.name, { leaf, code: error.detail }) }
    case 'timeout':
    case 'aborted':
      if (connecting) return { outcome: 'timeout', detail: `${at} does not answer: filtered on the way, or down` }
      return { outcome: 'timeout', detail: `${at} accepts a connection, then says nothing (${error.stage})` }
    case 'tls':
      return { outcome: 'tls-failed', detail: `${at}: TLS handshake failed${fact(error)}` }
    case 'closed':
    case 'reset':
      if (connecting) return { outcome: 'unreachable', detail: `${at} drops the connection` }
      if (securing) return { outcome: 'tls-failed', detail: `${at} hangs up during the TLS handshake` }
      return { outcome: 'wrong-service', detail: `${at} hangs up before it speaks ${protocol} (${error.stage})` }
    case 'protocol':
    case 'too-long':
      if (error.stage === 'STARTTLS') return { outcome: 'tls-failed', detail: `${at}: ${brief(error.message)}` }
      return {
        outcome: 'wrong-service',
        detail: `${at} answers, but not as ${protocol} should: ${brief(error.message)}`,
      }
  }
}

function fact(error: WireError): string {
  return error.detail === undefined ? '' : ` (${brief(error.detail)})`
}

/** One line, without what a hostile peer may have put into it. */
function brief(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').slice(0, 160)
}
