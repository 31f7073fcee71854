// Octets as strings of one char an octet (latin1), and UTF-8 out of them, with neither Buffer nor TextDecoder.
// Used by every parser here; callers with a faster decoder (Buffer) pass their own.

/** Decodes `bytes[start, end)` to one char an octet. */
export type Decode = (bytes: Uint8Array, start: number, end: number) => string

export const latin1: Decode = (bytes, start, end) => {
  let text = ''
  // fromCharCode takes its octets as arguments, and engines limit their number.
  for (let at = start; at < end; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 4096)))
  }
  return text
}

/** One octet a char; chars above 255 lose their upper bits. */
export function octets(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const chunk of chunks) length += chunk.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  return joined
}

/** Reads a one-char-an-octet string as UTF-8. What is not UTF-8 stays as it is. */
export function utf8(text: string): string {
  let i = 0
  while (i < text.length && text.charCodeAt(i) < 0x80) i++
  if (i === text.length) return text
  let out = text.slice(0, i)
  while (i < text.length) {
    const first = text.charCodeAt(i)
    const more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : 3
    if (first >= 0x80 && (first < 0xc2 || first > 0xf4)) return text
    let point = more === 0 ? first : first & (0x3f >> more)
    for (let k = 1; k <= more; k++) {
      const next = text.charCodeAt(i + k)
      if (!(next >= 0x80 && next < 0xc0)) return text
      point = (point << 6) | (next & 0x3f)
    }
    const smallest = more === 2 ? 0x800 : more === 3 ? 0x10000 : 0
    if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return text
    out += String.fromCodePoint(point)
    i += more + 1
  }
  return out
}
