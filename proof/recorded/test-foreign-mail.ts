// Mail of another server's users for the recorded dialogues on port 25: signed for ext.test, or wrongly signed.
import type { Mail, Mailer } from '../../harness/mail/mail.ts'
import type { Reference } from '../../reference-server/index.ts'
import { keyRecord, signMessage } from '../../reference-server/test-mail/signed-message.ts'
import { corpus } from '../../suites/encryption/corpus/index.ts'

const signs = 'ext.test'

/** What the other server has in DNS. */
export function publishForeignKeys(reference: Reference): void {
  reference.network.publish([keyRecord(signs)])
}

interface ForeignMail {
  readonly sample: string
  /** Address in From. */
  readonly author: string
  readonly to: string
  readonly treatment: string | undefined
}

export async function foreignMessage(mail: Mailer, { sample, author, to, treatment }: ForeignMail): Promise<Mail> {
  const plain = await compose(mail, sample, author, to)
  const text = Buffer.from(plain.bytes).toString('latin1')
  return { ...plain, bytes: Buffer.from(treat(text, author, treatment), 'latin1') }
}

async function compose(mail: Mailer, sample: string, from: string, to: string): Promise<Mail> {
  if (sample === 'encrypted') return mail.encrypted(from, to, { profile: 'v1' })
  if (sample === 'cleartext') return mail.cleartext(from, to)
  if (sample === 'delivery report') return mail.raw(from, to, deliveryReport(from, to))
  const found = Object.entries(corpus).find(([id]) => id === sample)?.[1]
  if (found === undefined) throw new Error(`no message is called ${sample}`)
  return mail.sample({ ...found, id: sample }, from, to, { other: to })
}

function treat(text: string, author: string, treatment: string | undefined): string {
  const signed = (shape = {}) => signMessage(text, { domain: signs, ...shape })
  switch (treatment) {
    case undefined:
      return text
    case 'signed':
      return signed()
    case 'body changed':
      return `${signed()}one more\r\n`
    case 'From changed':
      return signed().replace(author, `x${author.slice(2)}`)
    case 'unknown selector':
      return signed({ selector: 'nobody-knows' })
    default:
      throw new Error(`what is ${treatment}`)
  }
}

function deliveryReport(from: string, to: string) {
  const edge = 'report-edge'
  const part = (type: string, ...lines: string[]) => [`--${edge}`, `Content-Type: ${type}`, '', ...lines, '']
  const body = [
    ...part('text/plain; charset=us-ascii', 'This is the mail system at host ext.test.'),
    ...part('message/delivery-status', 'Reporting-MTA: dns; ext.test', '', 'Final-Recipient: rfc822; x@ext.test'),
    `--${edge}--`,
    '',
  ].join('\r\n')
  return {
    headers: [
      `From: ${from} (Mail Delivery System)`,
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      'Date: Sun, 15 Oct 2023 16:43:21 +0000',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${edge}"`,
    ],
    body: Buffer.from(body),
  }
}
