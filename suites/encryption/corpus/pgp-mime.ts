// Shapes that many samples share: PGP/MIME with anything changed, and a securejoin request. For the corpus only.
import type { ComposeOptions, Mail, Mailer, Parties, Party } from '../../../harness/mail/mail.ts'
import {
  encryptedType,
  type MultipartOptions,
  multipart,
  multipartType,
  type Part,
  textPart,
} from '../../../harness/mail/mime.ts'

export interface Shape extends MultipartOptions {
  readonly parts: readonly Part[]
  /** Content-Type of the whole; core's unless told. */
  readonly type?: (boundary: string) => string
  readonly boundary?: string
}

/** A multipart with core's outer header fields. */
export function shaped(mail: Mailer, from: Party, to: Parties, shape: Shape, options: ComposeOptions = {}): Mail {
  const boundary = shape.boundary ?? mail.random.hex(32)
  const contentType = (shape.type ?? encryptedType)(boundary)
  return mail.compose(from, to, { contentType, body: multipart(boundary, shape.parts, shape) }, options)
}

export interface Request {
  readonly header?: string
  readonly parts?: readonly Part[]
}

/** The first message of a legacy securejoin handshake, which core sends in clear (`header` as step and as text). */
export function securejoin(mail: Mailer, from: Party, to: Parties, { header = 'vc-request', parts }: Request): Mail {
  const shape = {
    parts: parts ?? [textPart(`Secure-Join: ${header}\r\n`)],
    type: (boundary: string) => multipartType('mixed', boundary),
  }
  const headers = { 'Secure-Join': header, 'Secure-Join-Invitenumber': mail.random.hex(24) }
  return shaped(mail, from, to, shape, { headers })
}
