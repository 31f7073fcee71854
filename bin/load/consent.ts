// Whether a host may get load, from its addresses and the flags. Used by load before anything is sent.
import { networkInterfaces } from 'node:os'
import { addressKind, type Consent } from '../../harness/load/chatmail/consent.ts'
import { UsageError } from '../usage-error.ts'

/** Throws UsageError for an address that may not get load. `iOperate`: names of hosts, as the flag gave them. */
export function consentFor(host: string, addresses: readonly string[], iOperate: readonly string[]): Consent {
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
  const operates = iOperate.some((name) => name.toLowerCase() === host.toLowerCase())
  for (const address of addresses) {
    const kind = addressKind(address, own)
    if (kind === 'public') {
      throw new UsageError(
        `${host} is at ${address}, a public address: load goes only to this machine and to private networks`,
        'run chatmail-check on the server itself, or in its own network',
      )
    }
    if (kind === 'near' && !operates) {
      throw new UsageError(
        `load on ${host} at ${address} only with its operator's word`,
        `add --i-operate ${host} if it is yours`,
      )
    }
  }
  return { addresses: [...new Set(addresses)] }
}
