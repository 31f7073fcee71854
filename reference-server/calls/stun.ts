// STUN messages on the wire (RFC 8489): header, attributes, integrity, fingerprint. Pure. Used by the TURN server.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

export const methods = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
  channelBind: 0x009,
} as const

/** The two class bits where they stand in the message type. */
export const classes = { request: 0x000, indication: 0x010, success: 0x100, error: 0x110 } as const

export const attributes = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedAddressFamily: 0x0017,
  evenPort: 0x0018,
  requestedTransport: 0x0019,
  dontFragment: 0x001a,
  xorMappedAddress: 0x0020,
  reservationToken: 0x0022,
  software: 0x8022,
  fingerprint: 0x8028,
} as const

export interface Attribute {
  readonly type: number
  readonly value: Buffer
}

export interface StunMessage {
  readonly method: number
  readonly class: number
  /** 12 bytes. */
  readonly transaction: Buffer
  /** In the order they came; those behind the integrity are left out, for nobody vouches for them. */
  readonly attributes: readonly Attribute[]
  /** Bytes the integrity covers, with the length it was made for; undefined without the attribute. */
  readonly signed: { readonly bytes: Buffer; readonly mac: Buffer } | undefined
}

export interface Transport {
  readonly address: string
  readonly port: number
}

const cookie = 0x2112_a442
const headerLength = 20
const fingerprintMask = 0x5354_554e

/** Undefined for what is no STUN message, or one with a wrong fingerprint. */
export function decodeStun(packet: Buffer): StunMessage | undefined {
  if (packet.length < headerLength || packet.length % 4 !== 0 || packet.readUInt32BE(4) !== cookie) return undefined
  const type = packet.readUInt16BE(0)
  if (type >= 0x4000 || packet.readUInt16BE(2) !== packet.length - headerLength) return undefined
  const found: Attribute[] = []
  let signed: StunMessage['signed']
  for (let at = headerLength; at < packet.length; ) {
    if (at + 4 > packet.length) return undefined
    const kind = packet.readUInt16BE(at)
    const length = packet.readUInt16BE(at + 2)
    const value = packet.subarray(at + 4, at + 4 + length)
    if (value.length < length) return undefined
    if (kind === attributes.fingerprint) {
      const sum = (crc32(withLength(packet.subarray(0, at), at + 8 - headerLength)) ^ fingerprintMask) >>> 0
      if (length !== 4 || value.readUInt32BE(0) !== sum) return undefined
    } else if (kind === attributes.messageIntegrity && signed === undefined) {
      signed = { bytes: withLength(packet.subarray(0, at), at + 24 - headerLength), mac: value }
    } else if (signed === undefined) {
      found.push({ type: kind, value })
    }
    at += 4 + length + padding(length)
  }
  const method = (type & 0x000f) | ((type & 0x00e0) >> 1) | ((type & 0x3e00) >> 2)
  return { method, class: type & 0x0110, transaction: packet.subarray(8, 20), attributes: found, signed }
}

/** With MESSAGE-INTEGRITY when a key is given, and always with FINGERPRINT. Methods up to 15, as all of TURN's are. */
export function encodeStun(
  message: Pick<StunMessage, 'method' | 'class' | 'transaction' | 'attributes'>,
  key?: Buffer,
): Buffer {
  const head = Buffer.alloc(headerLength)
  head.writeUInt16BE(message.method | message.class, 0)
  head.writeUInt32BE(cookie, 4)
  message.transaction.copy(head, 8)
  let packet = Buffer.concat([head, ...message.attributes.map(encodeAttribute)])
  if (key !== undefined) {
    const mac = integrity(withLength(packet, packet.length + 24 - headerLength), key)
    packet = Buffer.concat([packet, encodeAttribute({ type: attributes.messageIntegrity, value: mac })])
  }
  const sum = Buffer.alloc(4)
  const covered = withLength(packet, packet.length + 8 - headerLength)
  sum.writeUInt32BE((crc32(covered) ^ fingerprintMask) >>> 0)
  return Buffer.concat([covered, encodeAttribute({ type: attributes.fingerprint, value: sum })])
}

/** True when the message was signed with this key. */
export function isSignedBy(message: StunMessage, key: Buffer): boolean {
  const { signed } = message
  return signed?.mac.length === 20 && timingSafeEqual(integrity(signed.bytes, key), signed.mac)
}

/** Key of the long-term credentials (RFC 8489 9.2.2). */
export function longTermKey(username: string, realm: string, password: string): Buffer {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest()
}

export function find(message: Pick<StunMessage, 'attributes'>, type: number): Buffer | undefined {
  return message.attributes.find((attribute) => attribute.type === type)?.value
}

/** XOR-MAPPED-, XOR-PEER- and XOR-RELAYED-ADDRESS; IPv4 only. */
export function encodeAddress(type: number, { address, port }: Transport): Attribute {
  const value = Buffer.alloc(8)
  value[1] = 1
  value.writeUInt16BE(port ^ (cookie >>> 16), 2)
  const bits = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  value.writeUInt32BE((bits ^ cookie) >>> 0, 4)
  return { type, value }
}

/** Undefined for another family than IPv4. */
export function decodeAddress(value: Buffer): Transport | undefined {
  if (value.length !== 8 || value[1] !== 1) return undefined
  const bits = Buffer.alloc(4)
  bits.writeUInt32BE((value.readUInt32BE(4) ^ cookie) >>> 0)
  return { address: [...bits].join('.'), port: value.readUInt16BE(2) ^ (cookie >>> 16) }
}

export function errorCode(code: number, reason: string): Attribute {
  const value = Buffer.from([0, 0, Math.floor(code / 100), code % 100])
  return { type: attributes.errorCode, value: Buffer.concat([value, Buffer.from(reason)]) }
}

export function number32(type: number, number: number): Attribute {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(number >>> 0)
  return { type, value }
}

function encodeAttribute({ type, value }: Attribute): Buffer {
  const bytes = Buffer.alloc(4 + value.length + padding(value.length))
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(value.length, 2)
  value.copy(bytes, 4)
  return bytes
}

function withLength(packet: Buffer, length: number): Buffer {
  const copy = Buffer.from(packet)
  copy.writeUInt16BE(length, 2)
  return copy
}

function integrity(bytes: Buffer, key: Buffer): Buffer {
  return createHmac('sha1', key).update(bytes).digest()
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4
}
