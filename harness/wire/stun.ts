// STUN and TURN messages (RFC 8489, RFC 8656) on octets: what a client writes and reads. Pure; the caller signs.

export const stunMethods = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
  channelBind: 0x009,
} as const

export type StunMethod = keyof typeof stunMethods

const classBits = { request: 0x000, indication: 0x010, success: 0x100, error: 0x110 } as const

export type StunClass = keyof typeof classBits

export const stunAttributes = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  channel: 0x000c,
  lifetime: 0x000d,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
  mapped: 0x0020,
} as const

export interface StunMessage {
  readonly method: StunMethod
  readonly class: StunClass
  /** 12 octets. */
  readonly transaction: Uint8Array
  readonly attributes: ReadonlyMap<number, Uint8Array>
}

export interface UdpPlace {
  /** IPv4 dotted, or IPv6 as eight groups. */
  readonly address: string
  readonly port: number
}

const cookie = [0x21, 0x12, 0xa4, 0x42] as const
const headLength = 20
/** MESSAGE-INTEGRITY with its attribute header. */
const integrityLength = 24

/** `sign` gives the 20 octets of HMAC-SHA1 over what it is handed; without it the message goes unsigned. */
export function writeStun(message: StunMessage, sign?: (octets: Uint8Array) => Uint8Array): Uint8Array {
  const parts = [...message.attributes].map(([type, value]) => attribute(type, value))
  const body = parts.reduce((sum, part) => sum + part.length, 0)
  const octets = new Uint8Array(headLength + body + (sign ? integrityLength : 0))
  const view = new DataView(octets.buffer)
  view.setUint16(0, stunMethods[message.method] | classBits[message.class])
  view.setUint16(2, octets.length - headLength)
  octets.set(cookie, 4)
  octets.set(message.transaction, 8)
  let at = headLength
  for (const part of parts) {
    octets.set(part, at)
    at += part.length
  }
  if (sign) octets.set(attribute(stunAttributes.integrity, sign(octets.subarray(0, at))), at)
  return octets
}

/** Undefined for what is no STUN message, or one of a method that TURN clients do not know. */
export function readStun(octets: Uint8Array): StunMessage | undefined {
  if (octets.length < headLength || cookie.some((octet, at) => octets[4 + at] !== octet)) return undefined
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  const type = view.getUint16(0)
  const end = headLength + view.getUint16(2)
  const method = keyFor(stunMethods, type & ~0x0110)
  const kind = keyFor(classBits, type & 0x0110)
  if (end > octets.length || method === undefined || kind === undefined) return undefined
  const attributes = new Map<number, Uint8Array>()
  for (let at = headLength; at + 4 <= end; ) {
    const length = view.getUint16(at + 2)
    if (at + 4 + length > end) return undefined
    const name = view.getUint16(at)
    if (!attributes.has(name)) attributes.set(name, octets.slice(at + 4, at + 4 + length))
    at += 4 + Math.ceil(length / 4) * 4
  }
  return { method, class: kind, transaction: octets.slice(8, 20), attributes }
}

/** Value of XOR-PEER-ADDRESS; IPv4 only. Throws RangeError for anything else. */
export function writeAddress({ address, port }: UdpPlace): Uint8Array {
  const groups = address.split('.').map(Number)
  if (groups.length !== 4 || groups.some((group) => !(group >= 0 && group <= 255))) {
    throw new RangeError(`not an IPv4 address: ${address}`)
  }
  const [high = 0, low = 0] = [port >> 8, port & 255]
  return Uint8Array.from([0, 1, high ^ 0x21, low ^ 0x12, ...groups.map((group, at) => group ^ (cookie[at] ?? 0))])
}

/** Reads the XOR-…-ADDRESS attributes, of either family. */
export function readAddress(value: Uint8Array, transaction: Uint8Array): UdpPlace | undefined {
  const mask = [...cookie, ...transaction]
  const size = value[1] === 1 ? 4 : value[1] === 2 ? 16 : 0
  if (size === 0 || value.length < 4 + size) return undefined
  const octets = [...value.slice(4, 4 + size)].map((octet, at) => octet ^ (mask[at] ?? 0))
  const port = (((value[2] ?? 0) ^ 0x21) << 8) | ((value[3] ?? 0) ^ 0x12)
  if (size === 4) return { address: octets.join('.'), port }
  const groups = Array.from({ length: 8 }, (_, at) => ((octets[at * 2] ?? 0) << 8) | (octets[at * 2 + 1] ?? 0))
  return { address: groups.map((group) => group.toString(16)).join(':'), port }
}

/** `401`, with the reason phrase. */
export function readError(value: Uint8Array): { readonly code: number; readonly reason: string } {
  const reason = new TextDecoder().decode(value.slice(4)).replace(/[^\x20-\x7e]/g, '?')
  return { code: ((value[2] ?? 0) & 7) * 100 + (value[3] ?? 0), reason }
}

/** ChannelData (RFC 8656 12.4). */
export function writeChannelData(channel: number, data: Uint8Array): Uint8Array {
  const octets = new Uint8Array(4 + data.length)
  const view = new DataView(octets.buffer)
  view.setUint16(0, channel)
  view.setUint16(2, data.length)
  octets.set(data, 4)
  return octets
}

export function readChannelData(
  octets: Uint8Array,
): { readonly channel: number; readonly data: Uint8Array } | undefined {
  const first = octets[0] ?? 0
  if (octets.length < 4 || first < 0x40 || first > 0x7f) return undefined
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  const end = 4 + view.getUint16(2)
  return end > octets.length ? undefined : { channel: view.getUint16(0), data: octets.slice(4, end) }
}

function attribute(type: number, value: Uint8Array): Uint8Array {
  const octets = new Uint8Array(4 + Math.ceil(value.length / 4) * 4)
  const view = new DataView(octets.buffer)
  view.setUint16(0, type)
  view.setUint16(2, value.length)
  octets.set(value, 4)
  return octets
}

function keyFor<K extends string>(table: Readonly<Record<K, number>>, value: number): K | undefined {
  return (Object.keys(table) as K[]).find((key) => table[key] === value)
}
