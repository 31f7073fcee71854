// Reads delivery reports (RFC 3464): who was not reached and why. postal-mime takes the MIME apart, loaded at first use.
import { type HeaderField, headerFields, headerValues } from './parse.ts'

interface FailedRecipient {
  /** The address without its type: `bob@chat.test`. */
  readonly recipient: string
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`; lower case. */
  readonly action: string
  /** `5.1.1`. */
  readonly status: string
  /** What the refusing server said, without its type. */
  readonly diagnostic: string
}

export interface Bounce {
  /** Value of the From field. */
  readonly from: string
  /** Value of Auto-Submitted, empty without one. */
  readonly autoSubmitted: string
  readonly recipients: readonly FailedRecipient[]
  /** The part for people. */
  readonly text: string
}

/** Octets looked at: what a report says stands before the message that it quotes, and the library takes its time. */
const mostRead = 64 * 1024
const mostRecipients = 1000

/** Undefined for a message that is no delivery report. */
export async function readBounce(message: Uint8Array): Promise<Bounce | undefined> {
  const type = headerValues(message, 'Content-Type')[0] ?? ''
  if (!/^multipart\/report\b/i.test(type) || !/report-type\s*=\s*"?delivery-status/i.test(type)) return undefined
  const { default: PostalMime } = await import('postal-mime')
  const parsed = await PostalMime.parse(message.subarray(0, mostRead), {
    attachmentEncoding: 'arraybuffer',
    maxNestingDepth: 20,
    rfc822Attachments: true,
  })
  const report = parsed.attachments.find(({ mimeType }) => mimeType.toLowerCase() === 'message/delivery-status')
  const content = report?.content instanceof ArrayBuffer ? new Uint8Array(report.content) : new Uint8Array()
  return {
    from: headerValues(message, 'From')[0] ?? '',
    autoSubmitted: headerValues(message, 'Auto-Submitted')[0] ?? '',
    recipients: recipientsOf(content),
    text: parsed.text ?? '',
  }
}

function recipientsOf(report: Uint8Array): FailedRecipient[] {
  const groups = Buffer.from(report)
    .toString('latin1')
    .split(/\r?\n(?:\r?\n)+/, mostRecipients)
  return groups.flatMap((group) => {
    const fields = headerFields(Buffer.from(`${group}\r\n\r\n`, 'latin1'))
    const recipient = valueNamed(fields, 'final-recipient') || valueNamed(fields, 'original-recipient')
    if (recipient === '') return []
    return {
      recipient: untyped(recipient).replace(/^<(.*)>$/, '$1'),
      action: valueNamed(fields, 'action').toLowerCase(),
      status: valueNamed(fields, 'status'),
      diagnostic: untyped(valueNamed(fields, 'diagnostic-code')),
    }
  })
}

function valueNamed(fields: readonly HeaderField[], name: string): string {
  return fields.find((field) => field.name.toLowerCase() === name)?.value ?? ''
}

/** `rfc822; bob@chat.test` without `rfc822;`. */
function untyped(value: string): string {
  return value.slice(value.indexOf(';') + 1).trim()
}
