// Whether a host may get load, from its addresses and the flags. Used by load before anything is sent.
import { networkInterfaces } from 'node:os'
import { parseConnects, parseDnsServer, parseResolves } from '../../harness/discovery/reach.ts'
import { createResolver } from '../../harness/discovery/resolver.ts'
import type { Host } from '../../harness/host/host.ts'
import { parseHostName } from '../../harness/host/host-name.ts'
import { addressKind, type Consent } from '../../harness/load/chatmail/consent.ts'
import { tokenPath } from '../../harness/load/chatmail/operator-token.ts'
import { endpointsOf } from '../../harness/load/run/prepare-assets.ts'
import type { ReachOptions } from '../check/open-target.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Asked before anything is connected to, even to look what is there. Throws UsageError for a host that nobody says is theirs, and
 * that leads anywhere but to this machine. Names that lead nowhere are for discovery to tell.
 */
export async function demandWord(text: string, reach: ReachOptions, iOperate: readonly string[]): Promise<void> {
  const { label, domain, name } = parseHostName(text)
  const overrides = parseResolves(reach.resolve ?? [])
  const server = reach.dns === undefined ? undefined : parseDnsServer(reach.dns)
  const resolver = createResolver({ server, overrides, family: reach.family })
  const places = [...parseConnects(reach.connect ?? []).values()].map(({ host }) => host)
  const found = await Promise.all([name, ...places].map((host) => resolver.addresses(host).catch(() => [])))
  // As discovery has it: with --connect to this machine alone, the name itself is not asked.
  const [ofName = [], ...ofPlaces] = found
  const here = ofPlaces.flat().some((address) => addressKind(address) === 'loopback') && !overrides.has(name)
  const addresses = [...(here ? [] : ofName), ...ofPlaces.flat()]
  if (saysOperates(label, iOperate)) return
  await consentFor({ label, domain }, addresses, { iOperate, token: nobody, whyNotShown: nobody })
}

async function nobody(): Promise<never> {
  throw new Error('no token is asked for without the word of an operator')
}

function saysOperates(label: string, iOperate: readonly string[]): boolean {
  return iOperate.some((name) => name.toLowerCase() === label.toLowerCase())
}

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
  const operates = saysOperates(label, operator.iOperate)
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
