// What a run that sends mail needs before it begins: where to, with whose accounts, and the messages. Used by the run.
import { randomBytes } from 'node:crypto'
import type { Endpoint, Host } from '../../host/host.ts'
import type { LoadAccount, LoadAssets, PlacedAccount } from '../chatmail/assets.ts'
import { type Consent, demandConsent } from '../chatmail/consent.ts'
import type { KnownNeeds } from '../chatmail/needs.ts'
import { OptionsError } from '../schedule/scenario-options.ts'
import { prepareAccounts } from './accounts.ts'
import { makeAttachments, makePool } from './pool.ts'

export interface AssetOptions {
  readonly host: Host
  /** The second server, where mail goes from one to another. */
  readonly peer?: Host | undefined
  readonly consent: Consent
  readonly signal: AbortSignal
  readonly say: (text: string) => void
}

/** `users`: numbers of virtual users, in order. Throws ConsentMissing, AccountsMissing, OptionsError, WireError. */
export async function prepareAssets(
  options: AssetOptions,
  needs: KnownNeeds,
  users: readonly number[],
): Promise<LoadAssets> {
  const { host, consent, signal, say } = options
  const hosts = serversOf(options, needs)
  const servers = hosts.map((one) => ({ domain: one.domain, trust: one.trust, ...endpointsOf(one) }))
  for (const { imap, submission } of servers) {
    for (const { address } of [imap, submission]) demandConsent(address, consent)
  }
  const own: (readonly LoadAccount[])[] = []
  for (const [at, one] of hosts.entries()) {
    const count = users.length * placesOn(at, hosts.length, needs.accounts)
    own.push(await prepareAccounts({ host: one, imap: endpointsOf(one).imap, consent, signal, say }, count))
  }
  return {
    runId: randomBytes(6).toString('hex'),
    servers,
    timing: { connect: host.timing.connect, reply: host.timing.reply, arrival: 10_000 },
    consent,
    policy: host.policy,
    accountsPerUser: needs.accounts,
    accounts: byTurns(own, users, needs.accounts),
    pool: await makePool(host.domain),
    attachments: await makeAttachments(host.domain, needs.attachments),
  }
}

/** The hosts of a run. Throws OptionsError when there are more or fewer than the scenario has a use for. */
export function serversOf(
  { host, peer }: Pick<AssetOptions, 'host' | 'peer'>,
  { servers }: KnownNeeds,
): readonly Host[] {
  const hosts = peer === undefined ? [host] : [host, peer]
  if (hosts.length === servers) return hosts
  throw new OptionsError(servers === 2 ? 'mail goes from one server to another here: name two' : 'it takes one server')
}

/** How many of the accounts of one virtual user are on that server: they go round. */
export function placesOn(server: number, servers: number, accounts: number): number {
  return Math.ceil((accounts - server) / servers)
}

/** Each at the place of its virtual user: of a share of a run, others are empty. */
function byTurns(
  own: readonly (readonly LoadAccount[])[],
  users: readonly number[],
  perUser: number,
): readonly PlacedAccount[] {
  const left = own.map((accounts) => [...accounts])
  const placed: PlacedAccount[] = []
  for (const user of users) {
    for (let at = 0; at < perUser; at++) {
      const server = at % left.length
      const account = left[server]?.shift()
      if (account === undefined) throw new Error('an account is missing')
      placed[perUser * (user - 1) + at] = { address: account.address, password: account.password, server }
    }
  }
  return placed
}

/** Where load goes. Throws OptionsError when the host lacks one of them. */
export function endpointsOf({ endpoints, label }: Host): { readonly imap: Endpoint; readonly submission: Endpoint } {
  const imap = endpoints.imaps ?? endpoints.imap
  const submission = endpoints.submissions ?? endpoints.submission
  if (imap === undefined || submission === undefined) {
    throw new OptionsError(`${label} has no ${imap === undefined ? 'IMAP' : 'submission'} that could get load`)
  }
  return { imap, submission }
}
