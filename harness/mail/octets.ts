// Text and octets: the few conversions that message writing and reading share.

const encoder = new TextEncoder()

/** UTF-8. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** One character an octet, so that nothing is lost or changed on the way back. */
export function latin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1')
}

/** Strings are taken as UTF-8. */
export function concat(...pieces: readonly (Uint8Array | string)[]): Uint8Array {
  const parts = pieces.map((piece) => (typeof piece === 'string' ? utf8(piece) : piece))
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function endsWithCrlf(octets: Uint8Array): boolean {
  return octets.at(-2) === 0x0d && octets.at(-1) === 0x0a
}
