// Known implementations agree on this sample.
import { addressesOf, addressOf, type Sample } from '../../../../harness/mail/mail.ts'
import { multipartType, textPart } from '../../../../harness/mail/mime.ts'
import { shaped } from '../pgp-mime.ts'

export const readReceipt = {
  id: 'read-receipt',
  why: 'a read receipt in clear tells when somebody read what',
  expect: 'refused',
  level: 'must',
  build: (mail, from, to) => {
    const receipt = [
      `Original-Recipient: rfc822;${addressOf(from)}`,
      `Final-Recipient: rfc822;${addressOf(from)}`,
      `Original-Message-ID: <${mail.random.uuid()}@localhost>`,
      'Disposition: manual-action/MDN-sent-automatically; displayed',
      '',
    ].join('\r\n')
    const parts = [
      textPart(`Your message to ${addressOf(from)} was displayed.\r\n`),
      { headers: ['Content-Type: message/disposition-notification'], body: receipt },
    ]
    const type = (boundary: string) => multipartType('report', boundary, 'report-type=disposition-notification')
    const headers = { To: addressesOf(to).join(', '), 'Auto-Submitted': 'auto-replied' }
    return shaped(mail, from, to, { parts, type }, { headers })
  },
} as const satisfies Sample
