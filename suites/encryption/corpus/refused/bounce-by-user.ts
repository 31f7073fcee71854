// The exception for reports of a mailer-daemon is for inbound mail. madmail goes by the envelope and refuses this too.
import { addressesOf, addressOf, type Sample } from '../../../../harness/mail/mail.ts'
import { multipartType, textPart } from '../../../../harness/mail/mime.ts'
import { shaped } from '../pgp-mime.ts'

export const bounceByUser = {
  id: 'bounce-by-user',
  why: 'a delivery report in clear, which only mail servers may send',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => {
    const status = `Reporting-MTA: dns; localhost\r\n\r\nFinal-Recipient: rfc822; ${addressOf(from)}\r\nAction: failed\r\nStatus: 5.1.1\r\n`
    const parts = [
      textPart('Your message could not be delivered.\r\n'),
      { headers: ['Content-Type: message/delivery-status'], body: status },
    ]
    const type = (boundary: string) => multipartType('report', boundary, 'report-type=delivery-status')
    const headers = { To: addressesOf(to).join(', '), 'Auto-Submitted': 'auto-replied' }
    return shaped(mail, from, to, { parts, type }, { headers })
  },
} as const satisfies Sample
