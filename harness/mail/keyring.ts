// Keys for addresses and encryption with openpgp, which is loaded at the first use: loading it costs more than a run
// that never encrypts. Only the mailer uses this.
import type { Profile } from './mail.ts'
import { type Packet, readPackets } from './packets.ts'

type OpenPgp = typeof import('openpgp')
type PrivateKey = import('openpgp').PrivateKey

export interface Keyring {
  /** Encrypted to `to` and `from`, signed by `from`. Hidden key IDs for v2, as core does. */
  encrypt(from: string, to: readonly string[], plaintext: Uint8Array, profile: Profile): Promise<readonly Packet[]>
  encryptWithPassword(from: string, password: string, text: Uint8Array, profile: Profile): Promise<readonly Packet[]>
  publicKey(address: string, profile: Profile): Promise<Uint8Array>
}

export function createKeyring(): Keyring {
  const keys = new Map<string, Promise<PrivateKey>>()

  function key(pgp: OpenPgp, address: string, profile: Profile): Promise<PrivateKey> {
    const name = `${profile} ${address}`
    const known = keys.get(name)
    if (known !== undefined) return known
    const made = makeKey(pgp, address, profile)
    keys.set(name, made)
    return made
  }

  return {
    async encrypt(from, to, plaintext, profile) {
      const pgp = await import('openpgp')
      const own = await key(pgp, from, profile)
      const others = [...new Set(to)].filter((address) => address !== from)
      const recipients = await Promise.all(others.map((address) => key(pgp, address, profile)))
      const octets = await pgp.encrypt({
        message: await pgp.createMessage({ binary: plaintext }),
        encryptionKeys: [...recipients, own].map((one) => one.toPublic()),
        signingKeys: own,
        format: 'binary',
        wildcard: profile === 'v2',
        config: { ...settings(pgp, profile), ...(plaintext.length > largestForOcb ? fast(pgp) : {}) },
      })
      return readPackets(octets)
    },
    async encryptWithPassword(from, password, text, profile) {
      const pgp = await import('openpgp')
      const octets = await pgp.encrypt({
        message: await pgp.createMessage({ binary: text }),
        passwords: [password],
        signingKeys: await key(pgp, from, profile),
        format: 'binary',
        config: settings(pgp, profile),
      })
      return readPackets(octets)
    },
    async publicKey(address, profile) {
      return (await key(await import('openpgp'), address, profile)).toPublic().write()
    },
  }
}

/** Octets beyond which openpgp's OCB, which is plain JavaScript, takes longer than all the rest. */
const largestForOcb = 32 * 1024

/** GCM is Node's own. Nobody can tell but from one octet of the SEIPD header. */
function fast(pgp: OpenPgp): import('openpgp').PartialConfig {
  return { preferredAEADAlgorithm: pgp.enums.aead.gcm }
}

async function makeKey(pgp: OpenPgp, address: string, profile: Profile): Promise<PrivateKey> {
  const { privateKey } = await pgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: `<${address}>` }], // as a name, since openpgp takes no domain literal for an email
    format: 'object',
    config: settings(pgp, profile),
  })
  return privateKey
}

/** AES-128 and OCB, core's choice. A v1 key does not announce SEIPD v2, so nobody writes it for that key. */
function settings(pgp: OpenPgp, profile: Profile): import('openpgp').PartialConfig {
  return {
    aeadProtect: profile === 'v2',
    v6Keys: false,
    preferredSymmetricAlgorithm: pgp.enums.symmetric.aes128,
    preferredAEADAlgorithm: pgp.enums.aead.ocb,
  }
}
