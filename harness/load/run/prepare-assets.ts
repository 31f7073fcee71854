// What a run that sends mail needs before it begins: where to, with whose accounts, and the messages. Used by the run.
import { randomBytes } from 'node:crypto'
import type { Endpoint, Host } from '../../host/host.ts'
import type { LoadAssets } from '../chatmail/assets.ts'
import { type Consent, demandConsent } from '../chatmail/consent.ts'
import { OptionsError } from '../schedule/scenario-options.ts'
import { prepareAccounts } from './accounts.ts'
import { makePool } from './pool.ts'

export interface AssetOptions {
  readonly host: Host
  readonly consent: Consent
  readonly signal: AbortSignal
  readonly say: (text: string) => void
}

/** `count`: of accounts. Throws ConsentMissing, AccountsMissing, OptionsError, WireError. */
export async function prepareAssets(options: AssetOptions, count: number): Promise<LoadAssets> {
  const { host, consent, signal, say } = options
  const { imap, submission } = endpointsOf(host)
  for (const { address } of [imap, submission]) demandConsent(address, consent)
  return {
    runId: randomBytes(6).toString('hex'),
    submission,
    imap,
    trust: host.trust,
    timing: { connect: host.timing.connect, reply: host.timing.reply, arrival: 10_000 },
    consent,
    accounts: await prepareAccounts({ host, imap, consent, signal, say }, count),
    pool: await makePool(host.domain),
  }
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
