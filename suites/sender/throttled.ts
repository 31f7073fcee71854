// Whether a reply to a raw command means "slow down" rather than "no". Used where checks do without `send`.

import type { SmtpReply } from '../../harness/clients/smtp.ts'
import { isThrottling } from '../../harness/clients/throttling.ts'
import { WireError } from '../../harness/host/wire-error.ts'

export function isThrottled(reply: SmtpReply | WireError): boolean {
  if (reply instanceof WireError) return false
  return isThrottling({ accepted: false, stage: 'RCPT', reply, recipients: [], times: { started: 0, ended: 0 } })
}
