// Who the peer is when it writes: its names, and its signatures under messages, good or with one flaw. Used by peer.ts and by
// standing/, which differ in how the names get into the DNS.
import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { type DkimSignature, signDkim } from '../mail/dkim.ts'
import type { Mail } from '../mail/mail.ts'

export interface Signer {
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
}

export interface SigningChanges extends Partial<Omit<DkimSignature, 'key'>> {
  /** A key that nobody published. */
  readonly strangeKey?: boolean
}

export interface SignerKeys {
  readonly rsa: KeyObject
  readonly ed25519: KeyObject
}

/** Names of the keys in the DNS. */
export const selectors = { good: 'cc1', ed25519: 'cc2', revoked: 'cc3', missing: 'cc9' } as const

/** Of a key that was taken back (RFC 6376 3.6.1). */
export const revokedRecord = 'v=DKIM1; k=rsa; p='

const generate = promisify(generateKeyPair)

export async function newRsaKey(): Promise<KeyObject> {
  return (await generate('rsa', { modulusLength: 2048 })).privateKey
}

export async function newSignerKeys(): Promise<SignerKeys> {
  const [rsa, { privateKey: ed25519 }] = await Promise.all([newRsaKey(), generate('ed25519', {})])
  return { rsa, ed25519 }
}

/** The TXT record of a key. */
export function keyRecord(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' })
  // The record of Ed25519 holds the bare 32 octets (RFC 8463 4).
  const octets = key.asymmetricKeyType === 'ed25519' ? der.subarray(-32) : der
  return `v=DKIM1; k=${key.asymmetricKeyType}; p=${octets.toString('base64')}`
}

export async function createSigner(
  names: Pick<Signer, 'domain' | 'below' | 'above' | 'other'>,
  { rsa, ed25519 }: SignerKeys,
): Promise<Signer> {
  const strange = await newRsaKey()
  const { domain } = names
  const signed = (mail: Mail, signature: DkimSignature): Mail => ({ ...mail, bytes: signDkim(mail.bytes, signature) })
  return {
    ...names,
    address: (localpart) => `${localpart}@${domain}`,
    sign: (mail, { strangeKey = false, ...changes } = {}) =>
      signed(mail, { domain, selector: selectors.good, key: strangeKey ? strange : rsa, ...changes }),
    signShort: (mail) => signed(mail, { domain, selector: selectors.ed25519, key: ed25519 }),
  }
}
