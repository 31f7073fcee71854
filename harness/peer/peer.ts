// A foreign mail domain of ours: its keys, what its DNS says, messages signed by it, well or badly, and the exchanges that take
// mail for it. Used by the checks of mail between servers.
import type { Transcript } from '../clients/transcript.ts'
import type { PeerDomain } from '../host/host.ts'
import { type Authority, createAuthority } from './authority.ts'
import { type Exchange, type ExchangeOptions, openExchange } from './exchange.ts'
import { createSigner, keyRecord, newSignerKeys, revokedRecord, type Signer, selectors } from './signer.ts'

export { selectors } from './signer.ts'

export interface Peer extends Signer {
  /**
   * Takes mail for a domain of its own, whose mail `sign` can sign; what is said there goes into the transcript. Throws
   * PeerLacks where this peer has no such exchange.
   */
  exchange(options: ExchangeOptions, on: ExchangeCause): Promise<Exchange>
}

/** For whom an exchange is opened. */
export interface ExchangeCause {
  readonly transcript: Transcript
  /** Ends a wait for its turn. */
  readonly signal: AbortSignal
}

/** Publishes its records and waits until the host can see them. `label` is a DNS label nobody else uses. */
export async function openPeer(power: PeerDomain, label: string): Promise<Peer> {
  const above = power.domain
  const domain = `${label}.${above}`
  const names = { domain, above, below: `sub.${domain}`, other: `other-${label}.${above}` }
  const keys = await newSignerKeys()
  const record = keyRecord(keys.rsa)
  const key = (selector: string, name: string, text: string) =>
    ({ type: 'TXT', name: `${selector}._domainkey.${name}`, text }) as const
  await power.publish([
    ...Object.values(names).map((name) => key(selectors.good, name, record)),
    key(selectors.ed25519, domain, keyRecord(keys.ed25519)),
    key(selectors.revoked, domain, revokedRecord),
  ])
  let authority: Promise<Authority> | undefined
  let exchanges = 0
  const trusted = async () => {
    const made = await createAuthority()
    await power.trust(made.certificate)
    return made
  }
  return {
    ...(await createSigner(names, keys)),
    async exchange(options, { transcript }) {
      authority ??= trusted()
      exchanges += 1
      const own = { label: `x${exchanges}-${label}`, keys: [{ selector: selectors.good, text: record }] }
      return openExchange({ power, authority: await authority, transcript, ...own }, options)
    },
  }
}
