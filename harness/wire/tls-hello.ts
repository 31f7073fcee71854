// The first message of TLS up to 1.2 and what a server says to it (RFC 5246 7.4.1), for offers that no TLS library makes any
// more. Pure. Used by the probe of old versions and weak suites.
import { Malformed } from './malformed.ts'
import { concat, octets } from './octets.ts'

/** Minor versions of SSL 3: what follows "3." on the wire. */
export const tlsVersions = { 'TLS 1.0': 1, 'TLS 1.1': 2, 'TLS 1.2': 3 } as const

export type OldTls = keyof typeof tlsVersions

export interface ClientHello {
  /** The newest that the client claims to know; a server takes that or an older one. */
  readonly version: OldTls
  /** Numbers of the IANA registry. */
  readonly suites: readonly number[]
  /** SNI; none when absent. */
  readonly serverName?: string | undefined
}

/** agrees: it chose, showed what else it has to, and waits for our key; refuses: a fatal alert (RFC 5246 7.2). */
export type HelloAnswer =
  | { readonly kind: 'agrees'; readonly version: string; readonly suite: number }
  | { readonly kind: 'refuses'; readonly alert: number }

const records = { alert: 21, handshake: 22 } as const
const messages = { clientHello: 1, serverHello: 2, serverHelloDone: 14 } as const
const fatal = 2
const closeNotify = 0
/** "I will not renegotiate insecurely" (RFC 5746 3.3): some servers want to hear it. */
const renegotiationInfo = 0x00ff

/** `random`: 32 octets. */
export function clientHello({ version, suites, serverName }: ClientHello, random: Uint8Array): Uint8Array {
  const extensions = concat([
    ...(serverName === undefined ? [] : [extension(0, sized(2, [0], sized(2, octets(serverName))))]),
    // secp256r1, secp384r1, secp521r1, x25519 (RFC 8422 5.1.1), each as it is.
    extension(10, sized(2, numbers([23, 24, 25, 29]))),
    extension(11, sized(1, [0])),
    // With SHA-256 and SHA-1, by RSA, RSA-PSS and ECDSA.
    extension(13, sized(2, numbers([0x0403, 0x0804, 0x0401, 0x0203, 0x0201]))),
  ])
  const body = concat([
    Uint8Array.of(3, tlsVersions[version]),
    random,
    sized(1, []),
    sized(2, numbers([...suites, renegotiationInfo])),
    sized(1, [0]),
    sized(2, extensions),
  ])
  const message = concat([Uint8Array.of(messages.clientHello), sized(3, body)])
  return concat([Uint8Array.of(records.handshake, 3, 1), sized(2, message)])
}

/** `received` is all that came so far; undefined: more is needed. Throws Malformed where it is no TLS. */
export function helloAnswer(received: Uint8Array): HelloAnswer | undefined {
  const handshake: Uint8Array[] = []
  for (let at = 0; at + 5 <= received.length; ) {
    const type = received[at] ?? 0
    const length = number(received, at + 3, 2)
    if (type !== records.alert && type !== records.handshake) throw notTls(type)
    if (received[at + 1] !== 3) throw notTls(type)
    const payload = received.subarray(at + 5, at + 5 + length)
    if (type === records.alert && payload.length >= 2) {
      const [level, alert = 0] = payload
      if (level === fatal || alert === closeNotify) return { kind: 'refuses', alert }
    }
    if (type === records.handshake) handshake.push(payload)
    at += 5 + length
  }
  return agreement(concat(handshake))
}

/** What the whole first answer of a server says; a ServerHello alone may be followed by an alert. */
function agreement(handshake: Uint8Array): HelloAnswer | undefined {
  let chosen: HelloAnswer | undefined
  for (let at = 0; at + 4 <= handshake.length; ) {
    const length = number(handshake, at + 1, 3)
    const body = handshake.subarray(at + 4, at + 4 + length)
    if (body.length < length) return undefined
    if (handshake[at] === messages.serverHello) chosen = choice(body)
    if (handshake[at] === messages.serverHelloDone) return chosen
    at += 4 + length
  }
  return undefined
}

function choice(serverHello: Uint8Array): HelloAnswer {
  const minor = serverHello[1] ?? 0
  const session = serverHello[34] ?? 0
  if (serverHello.length < 37 + session) throw new Malformed('malformed', 'a ServerHello that is too short')
  const version = Object.entries(tlsVersions).find(([, number]) => number === minor)?.[0] ?? `SSL 3.${minor}`
  return { kind: 'agrees', version, suite: number(serverHello, 35 + session, 2) }
}

function extension(type: number, data: Uint8Array): Uint8Array {
  return concat([numbers([type]), sized(2, data)])
}

/** Octets with their length in front. */
function sized(lengthOctets: number, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const data = concat(parts.map((part) => (part instanceof Uint8Array ? part : Uint8Array.from(part))))
  const length = new Uint8Array(lengthOctets)
  for (let i = 0; i < lengthOctets; i++) length[i] = data.length >>> (8 * (lengthOctets - 1 - i))
  return concat([length, data])
}

/** Two octets each. */
function numbers(values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >>> 8, value & 0xff]))
}

function number(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let i = at; i < at + length; i++) value = value * 256 + (bytes[i] ?? 0)
  return value
}

function notTls(type: number): Malformed {
  return new Malformed('malformed', `not an answer in TLS: it begins with the octet ${type}`)
}
