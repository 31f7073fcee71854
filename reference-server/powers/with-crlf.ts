// Messages as test suites write them, with the line ends mail has. Used by the powers that take a message.

/** Bytes stand for themselves but for line ends: LF alone becomes CRLF. */
export function withCrlf(message: string | Uint8Array): Buffer {
  const text =
    typeof message === 'string' ? Buffer.from(message).toString('latin1') : Buffer.from(message).toString('latin1')
  return Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1')
}
