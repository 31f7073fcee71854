// Mail as other servers send it, signed and not. For tests of the way in.
import { plainMessage } from './encrypted-message.ts'
import { signMessage } from './signed-message.ts'

/** Signed by the domain of its From field, whose key record is published under the selector `mail`. */
export function signedBy(domain: string, message: string): string {
  return signMessage(message, { domain })
}

export interface ReportShape {
  readonly from?: string
  readonly autoSubmitted?: string | null
  readonly type?: string
}

/** What a mail system writes when it cannot deliver. */
export function report(shape: ReportShape = {}): string {
  const { from = 'MAILER-DAEMON@ext.test (Mail Delivery System)', autoSubmitted = 'auto-replied' } = shape
  return [
    `From: ${from}`,
    'To: somebody@chat.test',
    'Subject: Undelivered Mail Returned to Sender',
    'Date: Mon, 02 Feb 2026 10:00:00 +0000',
    'Message-ID: <report@ext.test>',
    ...(autoSubmitted === null ? [] : [`Auto-Submitted: ${autoSubmitted}`]),
    'MIME-Version: 1.0',
    `Content-Type: ${shape.type ?? 'multipart/report; report-type=delivery-status'}; boundary="edge"`,
    '',
    '--edge',
    'Content-Type: text/plain',
    '',
    'Nobody is there.',
    '--edge',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; ext.test',
    '',
    'Final-Recipient: rfc822; nobody@ext.test',
    'Action: failed',
    'Status: 5.1.1',
    '--edge--',
    '',
  ].join('\r\n')
}

/** The first step of an old-style invitation. */
export function securejoinRequest(from: string, step = 'vc-request', body = `Secure-Join: ${step}`): string {
  return [
    `From: <${from}>`,
    'To: somebody@chat.test',
    'Subject: [...]',
    'Date: Mon, 02 Feb 2026 10:00:00 +0000',
    'Message-ID: <join@ext.test>',
    'MIME-Version: 1.0',
    `Secure-Join: ${step}`,
    'Content-Type: multipart/mixed; boundary="edge"',
    '',
    '--edge',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '--edge--',
    '',
  ].join('\r\n')
}

export function setupMessage(from: string): string {
  return [
    `From: <${from}>`,
    `To: <${from}>`,
    'Subject: Autocrypt Setup Message',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="edge"',
    '',
    '--edge',
    '',
    'setup',
    '--edge--',
    '',
  ].join('\r\n')
}

export const clear = (from: string) => plainMessage(`<${from}>`)
