// Takes the dots off that DATA puts before lines beginning with one (RFC 5321 4.5.2). Used by smtp/ and /mxdeliv.

/** missing and all-dots are mistakes. */
export function unstuff(bytes: Buffer, mode: 'done' | 'missing' | 'all-dots'): Buffer {
  if (mode === 'missing') return bytes
  const starts: number[] = []
  if (bytes[0] === 0x2e) starts.push(0)
  for (let at = bytes.indexOf('\r\n.', 0, 'latin1'); at >= 0; at = bytes.indexOf('\r\n.', at + 2, 'latin1')) {
    starts.push(at + 2)
  }
  if (starts.length === 0) return bytes
  const pieces: Buffer[] = []
  let from = 0
  for (const start of starts) {
    pieces.push(bytes.subarray(from, start))
    from = start + 1
    while (mode === 'all-dots' && bytes[from] === 0x2e) from += 1
  }
  pieces.push(bytes.subarray(from))
  return Buffer.concat(pieces)
}
