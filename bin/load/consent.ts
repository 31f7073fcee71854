// Whether a host may get load, from its addresses and the flags. Used by load before anything is sent.
import { networkInterfaces } from 'node:os'
import type { Host } from '../../harness/host/host.ts'
import { addressKind, type Consent } from '../../harness/load/chatmail/consent.ts'
import { tokenPath } from '../../harness/load/chatmail/operator-token.ts'
import { endpointsOf } from '../../harness/load/run/prepare-assets.ts'
import { UsageError } from '../usage-error.ts'

/** As Operator, for any of several hosts. */
export interface Operators {
  readonly iOperate: readonly string[]
  token(host: Host): Promise<string>
  whyNotShown(host: Host, address: string, token: string): Promise<string | undefined>
}

/** Every host of the run has to agree, and in mail from one to the other so has where the mail of the other goes. */
export async function consentOfAll(hosts: readonly Host[], operators: Operators): Promise<Consent> {
  const agreed: string[] = []
  for (const host of hosts) {
    const { imap, submission } = endpointsOf(host)
    const exchangers = hosts.length > 1 ? await mailExchangers(host) : []
    const { addresses } = await consentFor(host, [imap.address, submission.address, ...exchangers], {
      iOperate: operators.iOperate,
      token: () => operators.token(host),
      whyNotShown: (address, token) => operators.whyNotShown(host, address, token),
    })
    agreed.push(...addresses)
  }
  return { addresses: agreed }
}

/** Addresses to which other servers bring the mail of this host. */
async function mailExchangers({ domain, label, resolver }: Host): Promise<readonly string[]> {
  if (/^\[.*\]$/.test(domain)) return [domain.replace(/^\[(?:IPv6:)?|\]$/gi, '')]
  try {
    const records = (await resolver.mx(domain)).filter(({ exchange }) => exchange !== '')
    // Without MX records it is the domain itself (RFC 5321 5.1).
    const names = records.length === 0 ? [domain] : records.map(({ exchange }) => exchange)
    return (await Promise.all(names.map((name) => resolver.addresses(name)))).flat()
  } catch (cause) {
    throw new UsageError(
      `it cannot be found out where mail for ${label} goes, so nobody can have agreed to it`,
      undefined,
      {
        cause,
      },
    )
  }
}

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
