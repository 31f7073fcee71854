// How far a certificate of another server must be good. Used by both ways to deliver.
import { createSecureContext, type SecureContext } from 'node:tls'
import type { TransportBehaviour } from '../behaviour/outbound.ts'
import type { Network } from '../network/network.ts'
import { isLiteral } from './route.ts'

/** Options of tls.connect and https.request. */
export interface TlsOptions {
  readonly secureContext: SecureContext
  /** Empty for an IP address: there is no server name then (RFC 6066 3). */
  readonly servername: string
  readonly rejectUnauthorized: boolean
  /** Only where names do not count: Node compares them by itself, and keeps no connection with a test of one's own. */
  readonly checkServerIdentity?: () => undefined
}

export interface Trust {
  /** For a connection to this exchange of this mail domain. */
  options(domain: string, host: string): TlsOptions
}

export function createTrust(network: Network, rules: () => TransportBehaviour): Trust {
  let context: SecureContext | undefined
  let made: readonly string[] = []
  const contextNow = () => {
    const minVersion = rules().tlsFrom
    const now = [minVersion, ...network.authorities]
    if (context === undefined || now.length !== made.length || now.some((one, at) => one !== made[at])) {
      context = createSecureContext({ ca: now.slice(1), minVersion })
      made = now
    }
    return context
  }
  return {
    options(domain, host) {
      const { verifies, comparesName } = rules()
      const isName = !domain.startsWith('_') && !isLiteral(domain)
      const name = /^[\d.]+$|:/.test(host) ? '' : host
      return {
        secureContext: contextNow(),
        servername: name,
        rejectUnauthorized: verifies === 'all' || (verifies === 'names' && isName),
        ...(comparesName ? {} : { checkServerIdentity: () => undefined }),
      }
    },
  }
}
