// OpenPGP packets by hand (RFC 9580, 4 and 5): every framing, and bodies that look right from outside. For the
// encryption corpus, and to write what openpgp encrypted in the framing we want.
import { deflateRawSync } from 'node:zlib'
import { concat, utf8 } from './octets.ts'
import type { Random } from './random.ts'

export const packetType = {
  pkesk: 1,
  signature: 2,
  skesk: 3,
  compressed: 8,
  sed: 9,
  marker: 10,
  literal: 11,
  seipd: 18,
  aead: 20,
  padding: 21,
} as const

export interface Packet {
  readonly type: number
  readonly body: Uint8Array
}

/** How the length is written. `partial`: new format, pieces of 512 octets, so a body needs at least that much. */
export type Framing = 'shortest' | 'two-octet' | 'five-octet' | 'partial' | 'legacy' | 'legacy-indeterminate'

export function writePacket(packet: Packet, framing: Framing = 'shortest'): Uint8Array {
  const { type, body } = packet
  const tag = 0xc0 | type
  switch (framing) {
    case 'shortest':
      return concat(Uint8Array.of(tag), newLength(body.length), body)
    case 'two-octet':
      if (body.length < 192 || body.length > 8383) throw new RangeError('two length octets hold 192 to 8383')
      return concat(Uint8Array.of(tag), newLength(body.length), body)
    case 'five-octet':
      return concat(Uint8Array.of(tag, 255), uint32(body.length), body)
    case 'partial':
      return concat(Uint8Array.of(tag), ...partialPieces(body))
    case 'legacy':
      return concat(legacyHeader(type, body.length), body)
    case 'legacy-indeterminate':
      return concat(Uint8Array.of(legacyTag(type) | 3), body)
  }
}

export function writePackets(packets: readonly Packet[], framing: Framing = 'shortest'): Uint8Array {
  return concat(...packets.map((packet) => writePacket(packet, framing)))
}

/** Reads new-format packets, partial lengths joined. Only for what we or openpgp wrote. */
export function readPackets(octets: Uint8Array): readonly Packet[] {
  const packets: Packet[] = []
  let at = 0
  const next = (): number => {
    const octet = octets[at++]
    if (octet === undefined) throw new RangeError('packet header ends early')
    return octet
  }
  while (at < octets.length) {
    const tag = next()
    if (tag < 0xc0) throw new RangeError('not a new-format packet')
    const pieces: Uint8Array[] = []
    for (let more = true; more; ) {
      const first = next()
      more = first >= 224 && first < 255
      let length = first
      if (more) length = 2 ** (first & 31)
      else if (first === 255) length = next() * 2 ** 24 + next() * 2 ** 16 + next() * 256 + next()
      else if (first >= 192) length = (first - 192) * 256 + next() + 192
      if (at + length > octets.length) throw new RangeError('packet ends early')
      pieces.push(octets.subarray(at, at + length))
      at += length
    }
    packets.push({ type: tag & 63, body: concat(...pieces) })
  }
  return packets
}

/** For one X25519 key, named by its ID: 8 octets ID, algorithm 25, ephemeral key, cipher and wrapped key. */
export function pkeskV3(random: Random): Packet {
  const body = concat(Uint8Array.of(3), random.octets(8), Uint8Array.of(25), random.octets(32), sized(41, 9, random))
  return { type: packetType.pkesk, body }
}

/** For one hidden X25519 key. */
export function pkeskV6(random: Random): Packet {
  const body = concat(Uint8Array.of(6, 0, 25), random.octets(32), Uint8Array.of(40), random.octets(40))
  return { type: packetType.pkesk, body }
}

/** A password with iterated, salted S2K (SHA-256), AES-128. */
export function skeskV4(random: Random): Packet {
  return { type: packetType.skesk, body: concat(Uint8Array.of(4, 7, 3, 8), random.octets(8), Uint8Array.of(0xe0)) }
}

/** A password with salted S2K, AES-128 and OCB, as core does for securejoin: 62 octets in all. */
export function skeskV6(random: Random): Packet {
  const head = Uint8Array.of(6, 28, 7, 2, 10, 1, 8)
  return { type: packetType.skesk, body: concat(head, random.octets(8), random.octets(15), random.octets(16 + 16)) }
}

export function seipdV1(random: Random, length: number): Packet {
  return { type: packetType.seipd, body: concat(Uint8Array.of(1), random.octets(length)) }
}

/** AES-128, OCB, chunks of 2^(6+6) octets, 32 octets of salt. */
export function seipdV2(random: Random, length: number): Packet {
  return { type: packetType.seipd, body: concat(Uint8Array.of(2, 7, 2, 6), random.octets(32), random.octets(length)) }
}

/** Encryption without integrity protection: no modification is ever noticed. */
export function sed(random: Random, length: number): Packet {
  return { type: packetType.sed, body: random.octets(length) }
}

/** GnuPG's own authenticated encryption, not in any RFC: version 1, AES-256, OCB, chunk size, 15 octets of nonce. */
export function aead(random: Random, length: number): Packet {
  return { type: packetType.aead, body: concat(Uint8Array.of(1, 9, 2, 16), random.octets(15), random.octets(length)) }
}

/** Readable by anybody: binary, no file name, no date. */
export function literal(text: string): Packet {
  return { type: packetType.literal, body: concat(Uint8Array.of(0x62, 0, 0, 0, 0, 0), utf8(text)) }
}

/** Readable by anybody who can inflate. */
export function compressed(packet: Packet): Packet {
  return { type: packetType.compressed, body: concat(Uint8Array.of(1), deflateRawSync(writePacket(packet))) }
}

/** A version 4 signature over binary data, Ed25519 (old form), SHA-256. */
export function signature(random: Random): Packet {
  const hashed = concat(Uint8Array.of(5, 2), random.octets(4))
  const unhashed = concat(Uint8Array.of(9, 16), random.octets(8))
  const head = Uint8Array.of(4, 0, 22, 8, 0, hashed.length)
  const half = () => concat(Uint8Array.of(1, 0, 0x80), random.octets(31))
  const body = concat(head, hashed, Uint8Array.of(0, unhashed.length), unhashed, random.octets(2), half(), half())
  return { type: packetType.signature, body }
}

export const marker: Packet = { type: packetType.marker, body: Uint8Array.of(0x50, 0x47, 0x50) }

export function padding(random: Random, length: number): Packet {
  return { type: packetType.padding, body: random.octets(length) }
}

/** One octet of length, one fixed octet, the rest random. */
function sized(length: number, first: number, random: Random): Uint8Array {
  return concat(Uint8Array.of(length, first), random.octets(length - 1))
}

function newLength(length: number): Uint8Array {
  if (length < 192) return Uint8Array.of(length)
  if (length < 8384) return Uint8Array.of(((length - 192) >>> 8) + 192, (length - 192) & 255)
  return concat(Uint8Array.of(255), uint32(length))
}

function partialPieces(body: Uint8Array): Uint8Array[] {
  if (body.length < 512) throw new RangeError('the first partial piece must have at least 512 octets')
  const pieces: Uint8Array[] = []
  let at = 0
  for (; at + 512 <= body.length; at += 512) pieces.push(Uint8Array.of(0xe0 | 9), body.subarray(at, at + 512))
  pieces.push(newLength(body.length - at), body.subarray(at))
  return pieces
}

function legacyTag(type: number): number {
  if (type > 15) throw new RangeError('the legacy format has four bits for the type')
  return 0x80 | (type << 2)
}

function legacyHeader(type: number, length: number): Uint8Array {
  const tag = legacyTag(type)
  if (length < 256) return Uint8Array.of(tag, length)
  if (length < 65536) return Uint8Array.of(tag | 1, length >>> 8, length & 255)
  return concat(Uint8Array.of(tag | 2), uint32(length))
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
}
