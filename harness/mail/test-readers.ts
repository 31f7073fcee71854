// A second reading of armour and packets, for tests only: written apart from the writers it judges.

export interface WalkedPacket {
  readonly type: number
  readonly version: number | undefined
  readonly form: 'definite' | 'partial' | 'legacy' | 'indeterminate'
  readonly body: Uint8Array
}

/** Every packet of a strict walk; throws where the data does not end with the last packet. */
export function walkPackets(data: Uint8Array): WalkedPacket[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const found: WalkedPacket[] = []
  let p = 0
  while (p < data.length) {
    const tag = view.getUint8(p++)
    if ((tag & 0x80) === 0) throw new Error(`octet ${p - 1} is no packet tag`)
    const chunks: number[] = []
    let form: WalkedPacket['form'] = 'definite'
    const take = (length: number): void => {
      if (p + length > data.length) throw new Error('packet is cut off')
      for (let i = 0; i < length; i++) chunks.push(view.getUint8(p + i))
      p += length
    }
    if ((tag & 0x40) === 0) {
      const size = tag & 3
      form = size === 3 ? 'indeterminate' : 'legacy'
      const length = size === 0 ? view.getUint8(p) : size === 1 ? view.getUint16(p) : size === 2 ? view.getUint32(p) : 0
      p += [1, 2, 4, 0][size] ?? 0
      take(size === 3 ? data.length - p : length)
    } else {
      for (;;) {
        const first = view.getUint8(p++)
        if (first < 192) {
          take(first)
          break
        }
        if (first < 224) {
          take(((first - 192) << 8) + view.getUint8(p++) + 192)
          break
        }
        if (first === 255) {
          p += 4
          take(view.getUint32(p - 4))
          break
        }
        form = 'partial'
        take(1 << (first & 0x1f))
      }
    }
    const type = (tag & 0x40) === 0 ? (tag >> 2) & 15 : tag & 63
    found.push({ type, version: chunks[0], form, body: Uint8Array.from(chunks) })
  }
  return found
}

/** Strict: BEGIN line, empty line, base64 with its padding, checksum line, END line, all with CRLF. */
export function dearmoured(block: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(block)
  const match =
    /^-----BEGIN [A-Z ]+-----\r\n\r\n((?:[A-Za-z0-9+/]+={0,2}\r\n)*)=([A-Za-z0-9+/]{4})\r\n-----END [A-Z ]+-----$/.exec(
      text,
    )
  if (match === null) throw new Error('not the armour we write')
  return Uint8Array.from(Buffer.from((match[1] ?? '').replaceAll('\r\n', ''), 'base64'))
}

/** Octets without any pattern that matters. */
export function octetStream(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 255)
}
