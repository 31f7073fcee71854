// What stands inside the encryption: a chat message with protected header fields (RFC 9788), as core writes it, with an
// attachment of random octets where a size is wanted.
import { base64Lines } from './armour.ts'
import { multipart, multipartType, type Part } from './mime.ts'
import { concat } from './octets.ts'
import { rfc5322Date } from './outer-header.ts'
import type { Random } from './random.ts'

export interface InnerMessage {
  readonly from: string
  readonly to: readonly string[]
  readonly date: Date
  readonly text: string | undefined
  /** Octets of the attachment; 0 for none. */
  readonly size: number
}

export function protectedMessage(random: Random, message: InnerMessage): Uint8Array {
  const { from, to, date, size } = message
  const text = message.text ?? `Hello, this is test message ${random.hex(8)}.`
  const header = [
    `From: <${from}>`,
    `To: ${to.length === 0 ? '"hidden-recipients": ;' : to.map((address) => `<${address}>`).join(',\r\n ')}`,
    `Subject: Message from ${from}`,
    `Date: ${rfc5322Date(date)}`,
    `Message-ID: <${random.uuid()}@localhost>`,
    'Chat-Version: 1.0',
    'HP-Outer: Subject: [...]',
    'HP-Outer: To: "hidden-recipients": ;',
  ].join('\r\n')
  const plain = { type: 'text/plain; charset="utf-8"', body: `${text}\r\n` }
  if (size === 0) {
    return concat(header, `\r\nContent-Type: ${plain.type}; hp="cipher"\r\n`, encoding8, '\r\n', plain.body)
  }
  const boundary = random.hex(32)
  const attachment: Part = {
    headers: [
      'Content-Type: application/octet-stream; name="random.bin"',
      'Content-Disposition: attachment; filename="random.bin"',
      'Content-Transfer-Encoding: base64',
    ],
    body: base64Lines(random.octets(size), 76),
  }
  const first: Part = { headers: [`Content-Type: ${plain.type}`, 'Content-Transfer-Encoding: 8bit'], body: plain.body }
  const type = multipartType('mixed', boundary, 'hp="cipher"')
  return concat(header, `\r\nContent-Type: ${type}\r\n\r\n`, multipart(boundary, [first, attachment]))
}

const encoding8 = 'Content-Transfer-Encoding: 8bit\r\n'
