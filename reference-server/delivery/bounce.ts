// Writes delivery status notifications (RFC 3464) as the recorded relay's mail system does. Used by delivery.
import { randomUUID } from 'node:crypto'
import type { DeliveryBehaviour } from '../behaviour/delivery.ts'
import { mailDate } from './headers.ts'

export interface Failure {
  readonly recipient: string
  /** `5.1.1` */
  readonly status: string
  /** SMTP reply that says why. */
  readonly diagnostic: string
}

export function writeBounce(
  failure: Failure,
  original: { readonly sender: string; readonly head: string },
  rules: DeliveryBehaviour,
  context: { readonly domain: string; readonly now: number },
): Buffer {
  const { domain, now } = context
  const recipient = rules.bounceNamesRecipient ? failure.recipient : 'the recipient'
  const boundary = randomUUID()
  const text = [
    `This is the mail system at host ${domain}.`,
    '',
    'Your message could not be delivered to one or more recipients.',
    '',
    `<${recipient}>: ${rules.bounceNamesRecipient ? failure.diagnostic : 'unknown reason'}`,
    '',
  ]
  const head = [
    `Date: ${mailDate(now)}`,
    `From: ${rules.bounceFrom.replaceAll('{domain}', domain)}`,
    `Subject: ${rules.bounceSubject}`,
    `To: ${original.sender}`,
    ...(rules.bounceAutoSubmitted === null ? [] : [`Auto-Submitted: ${rules.bounceAutoSubmitted}`]),
    'MIME-Version: 1.0',
    `Message-ID: <${randomUUID()}@${domain}>`,
  ]
  if (rules.bounceForm === 'text') {
    return Buffer.from([...head, 'Content-Type: text/plain; charset=us-ascii', '', ...text].join('\r\n'), 'latin1')
  }
  const lines = [
    ...head,
    'Content-Type: multipart/report; report-type=delivery-status;',
    `\tboundary="${boundary}"`,
    '',
    'This is a MIME-encapsulated message.',
    '',
    `--${boundary}`,
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    ...text,
    `--${boundary}`,
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${domain}`,
    `Arrival-Date: ${mailDate(now)}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    `Status: ${failure.status}`,
    `Diagnostic-Code: smtp; ${rules.bounceNamesRecipient ? failure.diagnostic : 'unknown reason'}`,
    '',
    `--${boundary}`,
    'Content-Description: Undelivered Message Headers',
    'Content-Type: text/rfc822-headers',
    '',
    `${original.head}`,
    `--${boundary}--`,
    '',
  ]
  return Buffer.from(lines.join('\r\n'), 'latin1')
}
