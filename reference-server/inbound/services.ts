// The parts of the server that the way in for other servers works with. Shared by port 25 and /mxdeliv.
import type { Network } from '../network/network.ts'
import type { Outbound } from '../outbound/types.ts'
import type { SmtpServices } from '../smtp/connection.ts'

export interface InboundServices extends SmtpServices {
  readonly network: Pick<Network, 'look'>
  readonly outbound: Pick<Outbound, 'enqueue'>
}

/** A name without a domain is one of ours. */
export function isOurs(recipient: string, domains: readonly string[]): boolean {
  const at = recipient.lastIndexOf('@')
  return at < 0 || domains.includes(recipient.slice(at + 1).toLowerCase())
}
