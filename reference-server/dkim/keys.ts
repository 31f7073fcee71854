// The keys of a server's signatures: made when first needed, kept over starts, published in the zone. Used by startReference.
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { DkimBehaviour, SigningAlgorithm } from '../behaviour/dkim.ts'
import type { DnsRecord, Network } from '../network/network.ts'
import type { Storage } from '../storage/types.ts'
import type { SigningKeys } from './sign.ts'

/** Private keys, PKCS #8 PEM; what `--state` keeps so that the record stays. */
export type SavedDkimKeys = Partial<Readonly<Record<SigningAlgorithm, string>>>

export interface DkimKeys extends SigningKeys {
  /** Makes the keys that are missing. */
  save(): Promise<SavedDkimKeys>
  /** TXT record of a key, for one domain; undefined where none is published. */
  record(algorithm: SigningAlgorithm, domain: string): Promise<DnsRecord | undefined>
}

const generate = promisify(generateKeyPair)
const algorithms: readonly SigningAlgorithm[] = ['rsa-sha256', 'ed25519-sha256']

export function createDkimKeys(
  rules: () => DkimBehaviour,
  from: {
    readonly saved?: SavedDkimKeys | undefined
    /** Keeps the keys where there are no saved ones. */
    readonly storage?: Pick<Storage, 'put' | 'records'>
  } = {},
): DkimKeys {
  const kept = new Map(from.storage?.records('keys'))
  // An RSA key takes up to a quarter of a second: only a server that signs, or is asked for its key, makes one.
  const made = new Map<SigningAlgorithm, Promise<KeyObject>>()
  const key = (algorithm: SigningAlgorithm): Promise<KeyObject> => {
    const known = made.get(algorithm)
    if (known !== undefined) return known
    const pem = from.saved?.[algorithm] ?? kept.get(`dkim/${algorithm}`)
    const fresh = pem === undefined ? makeKey(algorithm, rules().rsaBits) : Promise.resolve(readKey(pem))
    made.set(algorithm, fresh)
    if (pem === undefined) void fresh.then((one) => from.storage?.put('keys', `dkim/${algorithm}`, pemOf(one)))
    return fresh
  }
  return {
    key,
    async save() {
      const pems = await Promise.all(algorithms.map(async (one) => [one, pemOf(await key(one)).toString()]))
      return Object.fromEntries(pems)
    },
    async record(algorithm, domain) {
      const { published, record, selectors, rsaBits, domain: signer } = rules()
      if (published === 'nothing') return undefined
      const shown = published === 'other' ? await makeKey(algorithm, rsaBits) : await key(algorithm)
      const text = record
        .replaceAll('{key}', algorithm.slice(0, algorithm.indexOf('-')))
        .replaceAll('{data}', published === 'revoked' ? '' : publicData(shown))
      return { name: `${selectors[algorithm]}._domainkey.${signer.replaceAll('{domain}', domain)}`, type: 'TXT', text }
    },
  }
}

/** Puts the records of a domain into the network; the returned function takes them out again. */
export function publishKeys(
  keys: DkimKeys,
  domain: string,
  into: { readonly network: Network; readonly rules: DkimBehaviour },
): () => void {
  const signer = into.rules.domain.replaceAll('{domain}', domain)
  const leaves = into.rules.algorithms.map((algorithm) =>
    into.network.publishLater(`${into.rules.selectors[algorithm]}._domainkey.${signer}`, async () => {
      const record = await keys.record(algorithm, domain)
      return record === undefined ? [] : [record]
    }),
  )
  return () => {
    for (const leave of leaves) leave()
  }
}

function readKey(pem: string | Uint8Array): KeyObject {
  return createPrivateKey(typeof pem === 'string' ? pem : Buffer.from(pem))
}

function pemOf(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'pem', type: 'pkcs8' }))
}

async function makeKey(algorithm: SigningAlgorithm, rsaBits: number): Promise<KeyObject> {
  const pair =
    algorithm === 'rsa-sha256' ? await generate('rsa', { modulusLength: rsaBits }) : await generate('ed25519', {})
  return pair.privateKey
}

/** p= of the record: the whole structure for RSA, the bare 32 bytes for Ed25519 (RFC 6376 3.6.1, RFC 8463 4). */
function publicData(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return (key.asymmetricKeyType === 'ed25519' ? der.subarray(-32) : der).toString('base64')
}
