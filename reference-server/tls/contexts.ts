// How each kind of port speaks TLS with a certificate: which versions, which suites. Made with the certificates, used by the
// listeners.
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsBehaviour } from '../behaviour/tls.ts'

/** mail: 465, 587, 993 and 143; relay: 25; web: 443. */
type PortKind = 'mail' | 'relay' | 'web'

/** For upgraded connections, and as options of servers that make their own context. */
export interface TlsContexts extends Readonly<Record<PortKind, SecureContext>> {
  readonly options: Readonly<Record<PortKind, SecureContextOptions>>
}

export function tlsContexts(
  pair: { readonly cert: string; readonly key: string },
  behaviour: TlsBehaviour,
): TlsContexts {
  const { clientPortsFrom, clientPortsUpTo, relayFrom, relayUpTo, webFrom, webUpTo } = behaviour
  const suites = suitesOf(behaviour)
  const speaking = (
    minVersion: SecureContextOptions['minVersion'],
    maxVersion: SecureContextOptions['maxVersion'],
  ) => ({
    ...pair,
    minVersion,
    maxVersion,
    ...(suites === undefined ? {} : { ciphers: suites }),
  })
  const options = {
    mail: speaking(clientPortsFrom, clientPortsUpTo),
    relay: speaking(relayFrom, relayUpTo),
    web: speaking(webFrom, webUpTo),
  }
  return {
    options,
    mail: createSecureContext(options.mail),
    relay: createSecureContext(options.relay),
    web: createSecureContext(options.web),
  }
}

/** A list for OpenSSL; undefined: Node's own, which is a good one. What is taken off by "-" may be put on again. */
function suitesOf({ securityLevel, weakSuites }: TlsBehaviour): string | undefined {
  if (securityLevel === 2 && weakSuites.length === 0) return undefined
  return ['HIGH', '-aNULL', '-eNULL', ...weakSuites, `@SECLEVEL=${securityLevel}`].join(':')
}
