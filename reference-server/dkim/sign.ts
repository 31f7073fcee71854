// Writes the DKIM-Signature fields of a message (RFC 6376 3.5, 3.7; RFC 8463). Used by outbound/.
import { createHash, type KeyObject, sign as signBytes } from 'node:crypto'
import type { DkimBehaviour, SigningAlgorithm } from '../behaviour/dkim.ts'
import { parseHeaders } from '../filter/mime.ts'
import { canonicalBody, canonicalField } from './canonical.ts'

export interface SigningKeys {
  key(algorithm: SigningAlgorithm): Promise<KeyObject>
}

/** Signature fields to be put before the message, each with its CRLF; empty where nothing is to be signed. */
export async function signatureFields(
  message: Buffer,
  options: {
    /** Of the sender. */
    readonly domain: string
    readonly rules: DkimBehaviour
    readonly keys: SigningKeys
    /** Milliseconds since 1970. */
    readonly now: number
  },
): Promise<string> {
  const { domain, rules, keys, now } = options
  const { head, body } = split(message)
  const fields = parseHeaders(head)
  const { names, signed } = chooseFields(fields, rules)
  const bytes = canonicalBody(rules.bodyHash === 'body' ? body : withOtherLineEnds(body), rules.body)
  const hashed = rules.bodyLength === null ? bytes : bytes.subarray(0, rules.bodyLength)
  const bodyHash = createHash('sha256').update(hashed).digest('base64')
  const seconds = Math.floor(now / 1_000)

  let written = ''
  for (const algorithm of rules.algorithms) {
    const tags = [
      'v=1',
      `a=${algorithm}`,
      `c=${rules.head}/${rules.body}`,
      `d=${rules.domain.replaceAll('{domain}', domain)}`,
      `s=${rules.selectors[algorithm]}`,
      `t=${seconds}`,
      ...(rules.expiresSeconds === 0 ? [] : [`x=${seconds + rules.expiresSeconds}`]),
      ...(rules.bodyLength === null ? [] : [`l=${hashed.length}`]),
      `bh=${bodyHash}`,
      `h=${fold(names)}`,
    ]
    const unsigned = `DKIM-Signature: ${tags.join(';\r\n\t')};\r\n\tb=`
    const input = [
      ...signed.map((raw) => `${canonicalField(raw, rules.head)}\r\n`),
      canonicalField(unsigned, rules.head),
    ]
    const signature = await signInput(algorithm, Buffer.from(input.join(''), 'latin1'), await keys.key(algorithm))
    written += `${unsigned}${signature.match(/.{1,72}/g)?.join('\r\n\t ')}\r\n`
  }
  return written
}

/** Of several fields of one name the last one is signed first (RFC 6376 5.4.2). */
function chooseFields(fields: ReturnType<typeof parseHeaders>, rules: DkimBehaviour) {
  const names: string[] = []
  const signed: string[] = []
  for (const name of new Set([...rules.headers, ...rules.oversigned])) {
    const there = fields.filter((field) => field.name === name).reverse()
    if (rules.headers.includes(name)) {
      names.push(...there.map(() => name))
      signed.push(...there.map(({ raw }) => raw))
    }
    if (rules.oversigned.includes(name)) names.push(name)
  }
  return { names, signed }
}

/** The list of names on lines of a bearable length. */
function fold(names: readonly string[]): string {
  let text = ''
  let line = 0
  for (const [at, name] of names.entries()) {
    const word = at === 0 ? name : `:${name}`
    const breaks = line + word.length > 70
    text += breaks ? `${word.slice(0, 1)}\r\n\t ${word.slice(1)}` : word
    line = breaks ? word.length : line + word.length
  }
  return text
}

function signInput(algorithm: SigningAlgorithm, input: Buffer, key: KeyObject): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, signature: Buffer) =>
      error === null ? resolve(signature.toString('base64')) : reject(error)
    if (algorithm === 'rsa-sha256') signBytes('sha256', input, key, done)
    // Ed25519 signs the hash of the input, not the input (RFC 8463 3).
    else signBytes(null, createHash('sha256').update(input).digest(), key, done)
  })
}

function split(message: Buffer): { head: Buffer; body: Buffer } {
  const end = message.indexOf('\r\n\r\n', 0, 'latin1')
  if (end < 0) return { head: message, body: Buffer.alloc(0) }
  return { head: message.subarray(0, end + 2), body: message.subarray(end + 4) }
}

function withOtherLineEnds(body: Buffer): Buffer {
  return Buffer.from(body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
}
