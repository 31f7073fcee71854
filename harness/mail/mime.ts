// MIME bodies (RFC 2046) and PGP/MIME (RFC 3156) as text in, octets out. The mailer and the corpus write with it.
import { concat } from './octets.ts'

export interface Part {
  /** Header lines without line ends, `Content-Type` among them. */
  readonly headers: readonly string[]
  readonly body: string | Uint8Array
}

export interface MultipartOptions {
  readonly preamble?: string | Uint8Array
  readonly epilogue?: string | Uint8Array
}

/** The body of a multipart. Each part's body stands as given; the CRLF before a boundary is added. */
export function multipart(boundary: string, parts: readonly Part[], options: MultipartOptions = {}): Uint8Array {
  const pieces: (string | Uint8Array)[] = []
  if (options.preamble !== undefined) pieces.push(options.preamble, '\r\n')
  for (const { headers, body } of parts) {
    pieces.push(`--${boundary}\r\n`, headers.map((line) => `${line}\r\n`).join(''), '\r\n', body, '\r\n')
  }
  pieces.push(`--${boundary}--\r\n`)
  if (options.epilogue !== undefined) pieces.push(options.epilogue, '\r\n')
  return concat(...pieces)
}

/** The value of Content-Type, folded before the boundary as core's writer does. */
export function multipartType(subtype: string, boundary: string, parameters = ''): string {
  return `multipart/${subtype};${parameters === '' ? '' : ` ${parameters};`}\r\n\tboundary="${boundary}"`
}

export function encryptedType(boundary: string): string {
  return multipartType('encrypted', boundary, 'protocol="application/pgp-encrypted"')
}

export const versionPart: Part = {
  headers: ['Content-Type: application/pgp-encrypted; charset="utf-8"', 'Content-Transfer-Encoding: 7bit'],
  body: 'Version: 1\r\n',
}

export function armourPart(block: Uint8Array | string): Part {
  return {
    headers: ['Content-Type: application/octet-stream; charset="utf-8"', 'Content-Transfer-Encoding: 7bit'],
    body: concat(block, '\r\n'),
  }
}

export function textPart(text: string, subtype = 'plain'): Part {
  return { headers: [`Content-Type: text/${subtype}; charset=utf-8`, 'Content-Transfer-Encoding: 7bit'], body: text }
}
