// The fast ways of Node between octets and strings of one char an octet. Handed to the parsers of harness/wire; load/k6/latin1.ts is
// the same without Node.

/** Every chunk of a Node socket is a Buffer, so the copy in the second case is for callers with plain arrays. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return buffer.toString('latin1', start, end)
}

/** The text, one octet a char, and the octets behind it. */
export function latin1Before(text: string, rest: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(text.length + rest.length)
  bytes.write(text, 'latin1')
  bytes.set(rest, text.length)
  return bytes
}

/** Where `wanted` begins, at `from` or later; -1 where it does not. */
export function indexOfOctets(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(wanted, from)
}
