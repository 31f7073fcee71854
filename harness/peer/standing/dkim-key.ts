// The signing key of a live peer, in a file of the user: its record is in the DNS, so it is the same in every run.
import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { TargetError } from '../../host/target-error.ts'
import { newRsaKey, type SignerKeys } from '../signer.ts'

export interface DkimKey extends SignerKeys {
  /** The file was not there. */
  readonly made: boolean
}

/** Reads the RSA key, PEM, or makes one that only the user can read. Throws TargetError `bad-file`. */
export async function openDkimKey(file: string): Promise<DkimKey> {
  try {
    const { key, made } = await readOrMake(file)
    return { rsa: key, ed25519: derived(key), made }
  } catch (cause) {
    if (cause instanceof TargetError) throw cause
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw new TargetError('bad-file', `--peer-dkim-key: ${file} can be neither read nor made (${code})`, { cause })
  }
}

async function readOrMake(file: string): Promise<{ key: KeyObject; made: boolean }> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text !== undefined) return { key: parsed(text, file), made: false }
  const key = await newRsaKey()
  await writeFile(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
  return { key, made: true }
}

function parsed(pem: string, file: string): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch (cause) {
    throw new TargetError('bad-file', `--peer-dkim-key: ${file} holds no private key in PEM`, { cause })
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < 2_048) {
    throw new TargetError('bad-file', `--peer-dkim-key: ${file} holds no RSA key of at least 2048 bits`, {
      hint: 'name a file that does not exist yet, and a key is made',
    })
  }
  return key
}

/** PKCS #8 of an Ed25519 key, but for its 32 octets (RFC 8410 7). */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** One file is enough: the second key comes out of the first. */
function derived(rsa: KeyObject): KeyObject {
  const der = rsa.export({ type: 'pkcs8', format: 'der' })
  const seed = createHash('sha256').update('chatmail-check ed25519\n').update(der).digest()
  return createPrivateKey({ key: Buffer.concat([ed25519Prefix, seed]), format: 'der', type: 'pkcs8' })
}
