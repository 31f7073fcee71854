// Knows delivery reports, in whatever form they come. Used by the checks of what a sender hears of lost mail.
import { headerValues } from '../harness/mail/parse.ts'

/** From the mail system, and about this address. */
export function isReportAbout(bytes: Uint8Array, recipient: string): boolean {
  return mentions(bytes, recipient) && isReturn(bytes)
}

/** From the mail system rather than from a person, or at least made by a machine. */
function isReturn(bytes: Uint8Array): boolean {
  const from = headerValues(bytes, 'From').join(' ')
  return (
    /mail(er)?-daemon|postmaster|mail delivery/i.test(from) ||
    headerValues(bytes, 'Auto-Submitted').some((value) => !/^no$/i.test(value)) ||
    headerValues(bytes, 'Content-Type').some((value) => /^multipart\/report/i.test(value))
  )
}

function mentions(bytes: Uint8Array, recipient: string): boolean {
  return Buffer.from(bytes).toString('latin1').toLowerCase().includes(recipient.toLowerCase())
}
