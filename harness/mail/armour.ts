// ASCII armour (RFC 9580, 6.2) as Delta Chat core writes it: CRLF, a CRC line, no armour headers. Real filters refuse
// openpgp's own armour, so it is never used for what should be accepted.
import { concat, utf8 } from './octets.ts'

export interface ArmourOptions {
  /** Characters a line; 64 unless told, 76 is the most the RFC allows. */
  readonly columns?: number
  readonly checksum?: 'right' | 'wrong' | 'none'
  /** What stands after BEGIN and END; `PGP MESSAGE` unless told. */
  readonly label?: string
  /** Armour header lines, without line ends. */
  readonly headers?: readonly string[]
}

/** The whole block, from BEGIN to the end of the END line, without a final line end. */
export function armour(data: Uint8Array, options: ArmourOptions = {}): Uint8Array {
  const { columns = 64, checksum = 'right', label = 'PGP MESSAGE', headers = [] } = options
  const crc = checksum === 'right' ? crc24(data) : crc24(data) ^ 0x5a5a5a
  const head = [`-----BEGIN ${label}-----`, ...headers, '', ''].join('\r\n')
  const tail = checksum === 'none' ? '' : `=${base64(Uint8Array.of(crc >>> 16, (crc >>> 8) & 255, crc & 255))}\r\n`
  return concat(head, base64Lines(data, columns), tail, `-----END ${label}-----`)
}

/** CRC-24 of RFC 9580, 6.1. */
export function crc24(data: Uint8Array): number {
  crcTable ??= makeCrcTable()
  let crc = 0xb704ce
  for (const octet of data) crc = ((crc << 8) & 0xffffff) ^ (crcTable[(crc >>> 16) ^ octet] ?? 0)
  return crc
}

let crcTable: Uint32Array | undefined

function makeCrcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, octet) => {
    let crc = octet << 16
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x800000 ? (crc << 1) ^ 0x1864cfb : crc << 1
    return crc & 0xffffff
  })
}

function base64(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')
}

/** Base64 in lines of `columns`, each ended by CRLF; empty for no data. */
export function base64Lines(data: Uint8Array, columns: number): Uint8Array {
  const text = utf8(base64(data))
  const lines = Math.ceil(text.length / columns)
  const out = new Uint8Array(text.length + 2 * lines)
  for (let line = 0, at = 0; line < lines; line++) {
    const piece = text.subarray(line * columns, (line + 1) * columns)
    out.set(piece, at)
    at += piece.length
    out[at++] = 0x0d
    out[at++] = 0x0a
  }
  return out
}
