// Signs a message as another mail domain would (RFC 6376), well or badly: each flaw that a verifier must see can be ordered.
// relaxed/relaxed. Used by harness/peer.
import { createHash, type KeyObject, sign } from 'node:crypto'
import { concat, latin1 } from './octets.ts'

export interface DkimSignature {
  readonly domain: string
  readonly selector: string
  /** RSA or Ed25519; the algorithm follows. */
  readonly key: KeyObject
  /** Names in lower case; a name twice signs its absence, too. Default: what large senders sign. */
  readonly headers?: readonly string[]
  /** Seconds since 1970. */
  readonly expires?: number
  /** Seconds since 1970; not written when absent. */
  readonly signedAt?: number
  /** Octets of the canonical body that are signed; all when absent. */
  readonly bodyLength?: number
}

const usualHeaders = ['from', 'from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type']

/** The message with the signature in front. */
export function signDkim(message: Uint8Array, signature: DkimSignature): Uint8Array {
  const text = latin1(message)
  const end = text.indexOf('\r\n\r\n')
  const fields = end < 0 ? [] : (text.slice(0, end + 2).match(/[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*/g) ?? [])
  const body = relaxedBody(end < 0 ? '' : text.slice(end + 4))
  const hashed = signature.bodyLength === undefined ? body : body.slice(0, signature.bodyLength)
  const names = signature.headers ?? usualHeaders
  const ed25519 = signature.key.asymmetricKeyType === 'ed25519'
  const tags = [
    'v=1',
    `a=${ed25519 ? 'ed25519' : 'rsa'}-sha256`,
    'c=relaxed/relaxed',
    `d=${signature.domain}`,
    `s=${signature.selector}`,
    ...(signature.signedAt === undefined ? [] : [`t=${signature.signedAt}`]),
    ...(signature.expires === undefined ? [] : [`x=${signature.expires}`]),
    ...(signature.bodyLength === undefined ? [] : [`l=${hashed.length}`]),
    `h=${names.join(':')}`,
    `bh=${createHash('sha256').update(hashed, 'latin1').digest('base64')}`,
  ]
  const own = `DKIM-Signature: ${tags.join(';\r\n ')};\r\n b=`
  const input = Buffer.from([...chosen(fields, names), relaxedField(own)].join('\r\n'), 'latin1')
  // Ed25519 signs the hash (RFC 8463 3), RSA hashes by itself.
  const digest = ed25519 ? createHash('sha256').update(input).digest() : input
  const value = sign(ed25519 ? null : 'sha256', digest, signature.key).toString('base64')
  return concat(`${own}${value.replace(/.{70}(?=.)/g, '$&\r\n ')}\r\n`, message)
}

/** Of several fields of one name the last is taken first (RFC 6376 5.4.2); absent ones count as nothing. */
function chosen(fields: readonly string[], names: readonly string[]): string[] {
  const left = [...fields].reverse()
  return names.flatMap((name) => {
    const at = left.findIndex((field) => field.slice(0, field.indexOf(':')).trim().toLowerCase() === name)
    return at < 0 ? [] : left.splice(at, 1).map(relaxedField)
  })
}

function relaxedField(field: string): string {
  const colon = field.indexOf(':')
  const value = field
    .slice(colon + 1)
    .replace(/\r\n(?=[ \t])/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').trimEnd())
  while (lines.at(-1) === '') lines.pop()
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`
}
