// A foreign mail domain of ours: its keys, what its DNS says, messages signed by it, well or badly, and the exchanges that take
// mail for it. Used by the checks of mail between servers.
import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Transcript } from '../clients/transcript.ts'
import type { PeerDomain } from '../host/host.ts'
import { type DkimSignature, signDkim } from '../mail/dkim.ts'
import type { Mail } from '../mail/mail.ts'
import { type Authority, createAuthority } from './authority.ts'
import { type Exchange, type ExchangeOptions, openExchange } from './exchange.ts'

export interface Peer {
  /** Signs as this domain. */
  readonly domain: string
  /** Below and above it, each with a key of its own record: for signatures of relatives. */
  readonly below: string
  readonly above: string
  /** An unrelated domain that signs as well. */
  readonly other: string
  address(localpart: string): string
  /** The good signature, or one with these changes. */
  sign(mail: Mail, changes?: SigningChanges): Mail
  /** Signs with Ed25519. */
  signShort(mail: Mail): Mail
  /** Takes mail for a domain of its own, whose mail `sign` can sign; what is said there goes into the transcript. */
  exchange(options: ExchangeOptions, transcript: Transcript): Promise<Exchange>
}

export interface SigningChanges extends Partial<Omit<DkimSignature, 'key'>> {
  /** A key that nobody published. */
  readonly strangeKey?: boolean
}

/** Names of the keys in the DNS. */
export const selectors = { good: 'cc1', ed25519: 'cc2', revoked: 'cc3', missing: 'cc9' } as const

const generate = promisify(generateKeyPair)

/** Publishes its records and waits until the host can see them. `label` is a DNS label nobody else uses. */
export async function openPeer(power: PeerDomain, label: string): Promise<Peer> {
  const above = power.domain
  const domain = `${label}.${above}`
  const below = `sub.${domain}`
  const other = `other-${label}.${above}`
  const [rsa, strange, ed25519] = await Promise.all([
    generate('rsa', { modulusLength: 2048 }),
    generate('rsa', { modulusLength: 2048 }),
    generate('ed25519', {}),
  ])
  const record = `v=DKIM1; k=rsa; p=${published(rsa.privateKey)}`
  await power.publish([
    ...[domain, below, above, other].map((name) => ({
      type: 'TXT' as const,
      name: `${selectors.good}._domainkey.${name}`,
      text: record,
    })),
    {
      type: 'TXT',
      name: `${selectors.ed25519}._domainkey.${domain}`,
      text: `v=DKIM1; k=ed25519; p=${published(ed25519.privateKey)}`,
    },
    { type: 'TXT', name: `${selectors.revoked}._domainkey.${domain}`, text: 'v=DKIM1; k=rsa; p=' },
  ])
  const signed = (mail: Mail, signature: DkimSignature): Mail => ({ ...mail, bytes: signDkim(mail.bytes, signature) })
  let authority: Promise<Authority> | undefined
  let exchanges = 0
  const trusted = async () => {
    const made = await createAuthority()
    await power.trust(made.certificate)
    return made
  }
  return {
    domain,
    below,
    above,
    other,
    address: (localpart) => `${localpart}@${domain}`,
    sign(mail, { strangeKey = false, ...changes } = {}) {
      const { privateKey } = strangeKey ? strange : rsa
      return signed(mail, { domain, selector: selectors.good, key: privateKey, ...changes })
    },
    signShort: (mail) => signed(mail, { domain, selector: selectors.ed25519, key: ed25519.privateKey }),
    async exchange(options, transcript) {
      authority ??= trusted()
      exchanges += 1
      const own = { label: `x${exchanges}-${label}`, keys: [{ selector: selectors.good, text: record }] }
      return openExchange({ power, authority: await authority, transcript, ...own }, options)
    },
  }
}

function published(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' })
  // The record of Ed25519 holds the bare 32 octets (RFC 8463 4).
  return (key.asymmetricKeyType === 'ed25519' ? der.subarray(-32) : der).toString('base64')
}
