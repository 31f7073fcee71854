// The form of a message on the wire (RFC 5321 4.5.2): CRLF at its end, a dot before each line that begins with one.
// Used by both ways to deliver; the dot that ends DATA is not part of it.

const dot = Buffer.from('.')
const lineEnd = Buffer.from('\r\n')

export function stuff(bytes: Buffer, stuffsDots: boolean): Buffer {
  const pieces: Buffer[] = []
  let from = 0
  if (stuffsDots) {
    if (bytes[0] === 0x2e) pieces.push(dot)
    for (let at = bytes.indexOf('\r\n.', 0, 'latin1'); at >= 0; at = bytes.indexOf('\r\n.', at + 2, 'latin1')) {
      pieces.push(bytes.subarray(from, at + 2), dot)
      from = at + 2
    }
  }
  pieces.push(bytes.subarray(from))
  if (bytes.length < 2 || bytes[bytes.length - 2] !== 0x0d || bytes[bytes.length - 1] !== 0x0a) pieces.push(lineEnd)
  return pieces.length === 1 ? bytes : Buffer.concat(pieces)
}
