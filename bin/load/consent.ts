// Whether a host may get load, from its addresses and the flags. Used by load before anything is sent.
import { networkInterfaces } from 'node:os'
import type { Host } from '../../harness/host/host.ts'
import { addressKind, type Consent } from '../../harness/load/chatmail/consent.ts'
import { tokenPath } from '../../harness/load/chatmail/operator-token.ts'
import { UsageError } from '../usage-error.ts'

export interface Operator {
  /** Hosts that are said to be operated by the user. */
  readonly iOperate: readonly string[]
  /** What the operator of a host in the internet has to publish. */
  token(): Promise<string>
  /** Undefined when it is to be had from that address; otherwise why not. */
  whyNotShown(address: string, token: string): Promise<string | undefined>
}

/** Throws UsageError for an address that may not get load. */
export async function consentFor(
  { label, domain }: Pick<Host, 'label' | 'domain'>,
  addresses: readonly string[],
  operator: Operator,
): Promise<Consent> {
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
  const operates = operator.iOperate.some((name) => name.toLowerCase() === label.toLowerCase())
  const different = [...new Set(addresses)]
  for (const address of different) {
    const kind = addressKind(address, own)
    if (kind === 'loopback') continue
    if (!operates) {
      throw new UsageError(
        `${label} at ${address} gets load only with its operator's word`,
        `add --i-operate ${label} if it is yours`,
      )
    }
    if (kind === 'public') await demandToken(domain, address, operator)
  }
  return { addresses: different }
}

async function demandToken(domain: string, address: string, operator: Operator): Promise<void> {
  const token = await operator.token()
  const reason = await operator.whyNotShown(address, token)
  if (reason === undefined) return
  throw new UsageError(
    `${domain} does not show at ${address} that it agrees to load: ${reason}`,
    `publish this line at https://${domain}${tokenPath} on that address: ${token}`,
  )
}
