// The TLS side of a connection: what we ask for, and what was shown. Used by the line socket.
import { isIP } from 'node:net'
import { type ConnectionOptions, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import type { Trust } from '../host/host.ts'
import type { ConnectOptions } from './connect-options.ts'
import { certificateFacts, presentedChain, type TlsFacts } from './tls-facts.ts'
import { bareName, nameMatches } from './trust.ts'

export function tlsOptions(options: ConnectOptions): ConnectionOptions {
  const { alpn } = options
  const servername = servernameOf(options)
  return {
    // Node must not decide: pins, `_` names and the presented mode are judged by `distrust`, right after the handshake
    // and before a single octet is sent or handed on. An error here would hide the facts of the certificate.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    secureContext: contextFor(options),
    ...(servername === false ? {} : { servername }),
    ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
  }
}

/** One for all connections of a kind to a host: each context takes 25 KiB, and 0.3 ms to make. */
const contexts = new WeakMap<Trust, Map<string, SecureContext>>()

function contextFor({ trust, minVersion, maxVersion, ciphers }: ConnectOptions): SecureContext {
  const old = minVersion === 'TLSv1' || minVersion === 'TLSv1.1'
  const suites = ciphers ?? (old ? 'DEFAULT@SECLEVEL=0' : undefined)
  const kind = [minVersion, maxVersion, suites].join(' ')
  const known = contexts.get(trust) ?? new Map<string, SecureContext>()
  contexts.set(trust, known)
  const made =
    known.get(kind) ??
    createSecureContext({
      ...(trust.mode === 'ca' ? { ca: [...(trust.ca ?? [])] } : {}),
      ...(minVersion === undefined ? {} : { minVersion }),
      ...(maxVersion === undefined ? {} : { maxVersion }),
      ...(suites === undefined ? {} : { ciphers: suites }),
    })
  known.set(kind, made)
  return made
}

/** No name for an IP literal (RFC 6066 section 3). */
function servernameOf({ servername, endpoint }: ConnectOptions): string | false {
  if (servername !== undefined) return servername
  const name = bareName(endpoint.name)
  return isIP(name) === 0 ? name : false
}

export function tlsFacts(secured: TLSSocket, options: ConnectOptions): TlsFacts {
  // Asked first: once getPeerX509Certificate has been called, Node 24 gives this one without its names.
  const leaf = secured.getPeerCertificate()
  const chain = presentedChain(secured).map(certificateFacts)
  const cipher = secured.getCipher()
  return {
    protocol: secured.getProtocol() ?? 'unknown',
    cipher: cipher.standardName ?? cipher.name,
    alpn: secured.alpnProtocol ?? false,
    servername: servernameOf(options),
    authorized: secured.authorized,
    authorizationError: secured.authorized ? undefined : String(secured.authorizationError ?? 'UNKNOWN'),
    nameMatches: chain.length > 0 && nameMatches(options.endpoint.name, leaf),
    chain,
    chainLength: chain.length,
  }
}
