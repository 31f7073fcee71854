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
  const speaking = (
    kind: PortKind,
    minVersion: SecureContextOptions['minVersion'],
    maxVersion: SecureContextOptions['maxVersion'],
  ) => {
    const ciphers = suitesOf(behaviour, kind)
    return { ...pair, minVersion, maxVersion, ...(ciphers === undefined ? {} : { ciphers }) }
  }
  const options = {
    mail: speaking('mail', clientPortsFrom, clientPortsUpTo),
    relay: speaking('relay', relayFrom, relayUpTo),
    web: speaking('web', webFrom, webUpTo),
  }
  return {
    options,
    mail: createSecureContext(options.mail),
    relay: createSecureContext(options.relay),
    web: createSecureContext(options.web),
  }
}

/** A list for OpenSSL; undefined: Node's own, which is a good one. What is taken off by "-" may be put on again. */
function suitesOf({ securityLevel, weakSuites }: TlsBehaviour, kind: PortKind): string | undefined {
  if (securityLevel[kind] === 2) return undefined
  return ['HIGH', '-aNULL', '-eNULL', ...weakSuites, '@SECLEVEL=0'].join(':')
}
