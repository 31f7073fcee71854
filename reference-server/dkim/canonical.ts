// The canonical forms of header fields and bodies that a DKIM signature covers (RFC 6376 3.4). Used by sign.ts.

/** `raw` is the field as written, folded, with or without its CRLF; latin1. */
export function canonicalField(raw: string, form: 'relaxed' | 'simple'): string {
  const field = raw.endsWith('\r\n') ? raw.slice(0, -2) : raw
  if (form === 'simple') return field
  const colon = field.indexOf(':')
  const name = field.slice(0, colon).trimEnd().toLowerCase()
  const value = field
    .slice(colon + 1)
    .replace(/\r\n(?=[ \t])/g, '')
    .replace(/[ \t]+/g, ' ')
  return `${name}:${value.replace(/^ | $/g, '')}`
}

const lineEnd = Buffer.from('\r\n')

/** Bytes over which the body hash goes. */
export function canonicalBody(body: Buffer, form: 'relaxed' | 'simple'): Buffer {
  const text = form === 'simple' ? body : relaxedLines(body)
  let end = text.length
  while (end >= 2 && text[end - 2] === 0x0d && text[end - 1] === 0x0a) end -= 2
  if (end === 0) return form === 'simple' ? lineEnd : Buffer.alloc(0)
  // One CRLF at the end, whether it was there, there many times, or missing.
  return end + 2 <= text.length ? text.subarray(0, end + 2) : Buffer.concat([text.subarray(0, end), lineEnd])
}

function relaxedLines(body: Buffer): Buffer {
  const text = body
    .toString('latin1')
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/[ \t]+/g, ' ')
  return Buffer.from(text, 'latin1')
}
