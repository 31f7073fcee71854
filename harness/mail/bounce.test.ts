import { expect, it } from 'vitest'
import { readBounce } from './bounce.ts'
import { createMailer } from './mailer.ts'
import { utf8 } from './octets.ts'

const report = [
  'Return-Path: <>',
  'From: MAILER-DAEMON@chat.test (Mail Delivery System)',
  'Subject: Undelivered Mail Returned to Sender',
  'To: alice1234@chat.test',
  'Auto-Submitted: auto-replied',
  'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=delivery-status;',
  '\tboundary="B/chat.test"',
  '',
  'This is a MIME-encapsulated message.',
  '',
  '--B/chat.test',
  'Content-Description: Notification',
  'Content-Type: text/plain; charset=us-ascii',
  '',
  'I could not deliver your message.',
  '',
  '--B/chat.test',
  'Content-Description: Delivery report',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; chat.test',
  'Arrival-Date: Sun, 15 Oct 2023 16:43:21 +0000 (UTC)',
  '',
  'Final-Recipient: rfc822; nobody123@chat.test',
  'Original-Recipient: rfc822;nobody123@chat.test',
  'Action: failed',
  'Status: 5.1.1',
  "Diagnostic-Code: smtp; 550 5.1.1 <nobody123@chat.test> User doesn't exist:",
  '    nobody123@chat.test',
  '',
  'Final-Recipient: rfc822; full12345@chat.test',
  'Action: delayed',
  'Status: 4.2.2',
  '',
  '--B/chat.test',
  'Content-Description: Undelivered Message Headers',
  'Content-Type: text/rfc822-headers',
  '',
  'From: <alice1234@chat.test>',
  '',
  '--B/chat.test--',
  '',
].join('\r\n')

it('reads who was not reached and why', async () => {
  expect(await readBounce(utf8(report))).toMatchObject({
    from: 'MAILER-DAEMON@chat.test (Mail Delivery System)',
    autoSubmitted: 'auto-replied',
    text: expect.stringContaining('could not deliver'),
    recipients: [
      {
        recipient: 'nobody123@chat.test',
        action: 'failed',
        status: '5.1.1',
        diagnostic: expect.stringMatching(/^550 5\.1\.1 .* nobody123@chat\.test$/),
      },
      { recipient: 'full12345@chat.test', action: 'delayed', status: '4.2.2', diagnostic: '' },
    ],
  })
})

it('takes no other message for a report', async () => {
  const mail = await createMailer({ seed: 1 }).encrypted('a@chat.test', 'b@chat.test')
  expect(await readBounce(mail.bytes)).toBeUndefined()
  expect(await readBounce(new Uint8Array())).toBeUndefined()
})

it('reads a report that is cut off or empty without throwing', async () => {
  for (let length = 300; length < report.length; length += 37) {
    expect(await readBounce(utf8(report.slice(0, length)))).toBeDefined()
  }
})
