// Reads which protocols a TLS client offers by ALPN (RFC 7301), from the octets it sends first. Used by the shared port.

/** Offers in the client's order, empty without the extension; more: not all of it is here; other: not a ClientHello. */
export type Hello =
  | { readonly kind: 'hello'; readonly offers: readonly string[] }
  | { readonly kind: 'more' }
  | { readonly kind: 'other' }

const handshakeRecord = 22
const clientHello = 1
const alpnExtension = 16

/** `octets` is all that came so far. Bounds are the caller's: a ClientHello has at most 2 ** 24 octets by its length. */
export function readHello(octets: Buffer): Hello {
  const message = joinRecords(octets)
  if (message === undefined) return { kind: 'other' }
  if (message.length >= 1 && message[0] !== clientHello) return { kind: 'other' }
  if (message.length < 4 || message.length < 4 + message.readUIntBE(1, 3)) return { kind: 'more' }
  try {
    return { kind: 'hello', offers: readOffers(message.subarray(4, 4 + message.readUIntBE(1, 3))) }
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'other' }
    throw error
  }
}

/** The handshake octets of the records that are here, the last one perhaps in part (RFC 8446 5.1); undefined: no TLS. */
function joinRecords(octets: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 0; at < octets.length; ) {
    if (octets[at] !== handshakeRecord) return undefined
    if (octets.length > at + 1 && octets[at + 1] !== 3) return undefined
    if (octets.length < at + 5) break
    const length = octets.readUInt16BE(at + 3)
    if (length === 0) return undefined
    parts.push(octets.subarray(at + 5, at + 5 + length))
    at += 5 + length
  }
  return Buffer.concat(parts)
}

/** Body of a ClientHello (RFC 8446 4.1.2). Throws RangeError when a length leads out of it. */
function readOffers(body: Buffer): readonly string[] {
  let at = 2 + 32
  at += 1 + body.readUInt8(at)
  at += 2 + body.readUInt16BE(at)
  at += 1 + body.readUInt8(at)
  // TLS 1.2 clients may leave the extensions out altogether.
  if (at >= body.length) return []
  const end = at + 2 + body.readUInt16BE(at)
  if (end > body.length) throw new RangeError('the extensions are longer than the message')
  for (at += 2; at < end; ) {
    const type = body.readUInt16BE(at)
    const length = body.readUInt16BE(at + 2)
    at += 4
    if (at + length > end) throw new RangeError('an extension is longer than the list')
    if (type === alpnExtension) return readNames(body.subarray(at, at + length))
    at += length
  }
  return []
}

function readNames(list: Buffer): readonly string[] {
  const names: string[] = []
  const end = 2 + list.readUInt16BE(0)
  for (let at = 2; at < end; ) {
    const length = list.readUInt8(at)
    if (length === 0 || at + 1 + length > list.length) throw new RangeError('a protocol name is empty or too long')
    names.push(list.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return names
}
