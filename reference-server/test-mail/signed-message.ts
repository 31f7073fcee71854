// Signs messages as another mail server would (RFC 6376, RFC 8463), and wrongly where a test wants it. Written apart from
// the server's own signer. For tests of the reference server only.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { DnsRecord } from '../network/network.ts'

export interface SigningKey {
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256' | 'rsa-sha1'
  readonly key: KeyObject
}

export const rsaKey: SigningKey = {
  algorithm: 'rsa-sha256',
  key: generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey,
}

export const edKey: SigningKey = { algorithm: 'ed25519-sha256', key: generateKeyPairSync('ed25519').privateKey }

export interface SignatureShape {
  /** `d=` and `s=`. */
  readonly domain: string
  readonly selector?: string
  readonly signer?: SigningKey
  /** Names of signed fields. */
  readonly fields?: readonly string[]
  /** Further tags, such as `x=1700000000`. */
  readonly tags?: readonly string[]
  /** Octets of the body that are signed, when not all. */
  readonly length?: number
}

/** relaxed/relaxed; the signature stands before the message. */
export function signMessage(message: string, shape: SignatureShape): string {
  const { algorithm, key } = shape.signer ?? rsaKey
  const split = message.indexOf('\r\n\r\n')
  const head = message.slice(0, split + 2).split(/\r\n(?![ \t])/)
  const whole = relaxedBody(message.slice(split + 4))
  const body = shape.length === undefined ? whole : whole.slice(0, shape.length)
  const names = shape.fields ?? ['from', 'to', 'subject', 'date', 'message-id', 'content-type']
  const hash = algorithm === 'rsa-sha1' ? 'sha1' : 'sha256'
  const tags = [
    'v=1',
    `a=${algorithm}`,
    'c=relaxed/relaxed',
    `d=${shape.domain}`,
    `s=${shape.selector ?? 'mail'}`,
    ...(shape.tags ?? []),
    ...(shape.length === undefined ? [] : [`l=${shape.length}`]),
    `h=${names.join(':')}`,
    `bh=${createHash(hash).update(body, 'latin1').digest('base64')}`,
    'b=',
  ].join('; ')
  const field = (name: string) => head.findLast((line) => line.toLowerCase().startsWith(`${name}:`))
  const signed = names.flatMap((name) => {
    const line = field(name)
    return line === undefined ? [] : [`${relaxedField(line)}\r\n`]
  })
  const input = Buffer.from(`${signed.join('')}${relaxedField(`DKIM-Signature: ${tags}`)}`, 'latin1')
  const value =
    algorithm === 'ed25519-sha256'
      ? sign(null, createHash('sha256').update(input).digest(), key)
      : sign(hash, input, key)
  return `DKIM-Signature: ${tags}${value.toString('base64')}\r\n${message}`
}

/** The TXT record that goes with it; `text` replaces `p=`. */
export function keyRecord(domain: string, { selector = 'mail', signer = rsaKey, text = '' } = {}): DnsRecord {
  const der = createPublicKey(signer.key).export({ format: 'der', type: 'spki' })
  const kind = signer.algorithm.split('-')[0]
  const data = kind === 'ed25519' ? der.subarray(-32) : der
  return {
    name: `${selector}._domainkey.${domain}`,
    type: 'TXT',
    text: text || `v=DKIM1; k=${kind}; p=${data.toString('base64')}`,
  }
}

function relaxedField(line: string): string {
  const colon = line.indexOf(':')
  const value = line
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()
  return `${line.slice(0, colon).toLowerCase().trim()}:${value}`
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`
}
