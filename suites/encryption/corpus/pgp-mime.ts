// Shapes that many samples share: PGP/MIME with anything changed, and a securejoin request. For the corpus only.
import type { ComposeOptions, Mail, Mailer, Parties, Party } from '../../../harness/mail/mail.ts'
import {
  armourPart,
  encryptedType,
  type MultipartOptions,
  multipart,
  multipartType,
  type Part,
  textPart,
  versionPart,
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

/** Core's PGP/MIME around an armour that GnuPG wrote, with the line ends of mail. */
export function fromGnupg(mail: Mailer, from: Party, to: Parties, armour: string): Mail {
  return shaped(mail, from, to, { parts: [versionPart, armourPart(armour.replaceAll('\n', '\r\n'))] })
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
