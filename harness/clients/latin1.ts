// The fast way in Node from octets to a string of one char an octet. Handed to the parsers of harness/wire.

/** Every chunk of a Node socket is a Buffer, so the copy in the second case is for callers with plain arrays. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.toString('latin1', start, end)
}
