// Whether a message of another server carries a signature of its author's domain (RFC 6376). Used by inbound/.
// mailauth does the cryptography; what it calls passing is not enough by itself. It is loaded with the first signature.
import { domainToASCII } from 'node:url'
import type { DkimResult } from 'mailauth/lib/dkim/verify.js'
import type { DkimVerificationBehaviour, SignatureFlaw } from '../behaviour/dkim-verification.ts'
import type { Entity, HeaderField } from '../filter/mime.ts'
import type { Network } from '../network/network.ts'

export type DkimVerdict = 'good' | 'unsigned' | 'broken' | 'unaligned' | 'noKey' | 'trouble'

interface Signature {
  readonly domain: string
  readonly flaws: readonly SignatureFlaw[]
  /** Its key could not be looked up: it may be good. */
  readonly unknown: boolean
}

/** The library takes time that grows with the square of a field's length: no honest signature is longer. */
const mostFieldBytes = 4_096
/** Its reader of addresses does not stand groups within groups, either. */
const mostFromBytes = 1_000

/** `domain` is the one that must have signed; `now` in milliseconds since 1970. Never rejects. */
export async function verifyDkim(
  message: Entity,
  domain: string,
  rules: DkimVerificationBehaviour,
  { network, now }: { readonly network: Pick<Network, 'look'>; readonly now: number },
): Promise<DkimVerdict> {
  const fields = message.headers.filter((field) => field.name === 'dkim-signature')
  if (fields.length === 0) return 'unsigned'
  const from = message.headers.filter((field) => field.name === 'from').reduce((sum, { raw }) => sum + raw.length, 0)
  const tried = (from > mostFromBytes ? [] : fields)
    .filter((field) => field.raw.length <= mostFieldBytes)
    .filter((field) => rules.overlooks.includes('length') || !hasLengthTag(field))
    .slice(0, rules.mostSignatures)
  const dropped = new Set(fields.filter((field) => !tried.includes(field)))
  const signatures = tried.length === 0 ? [] : await trySignatures(message, dropped, rules, { network, now })
  return decide(signatures, domain, rules, dropped.size > 0)
}

async function trySignatures(
  message: Entity,
  dropped: ReadonlySet<HeaderField>,
  rules: DkimVerificationBehaviour,
  { network, now }: { readonly network: Pick<Network, 'look'>; readonly now: number },
): Promise<readonly Signature[]> {
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js')
  const head = message.headers
    // Nor are others' chains of custody (RFC 8617) any of our business: the library would look up their keys.
    .filter((field) => !dropped.has(field) && !field.name.startsWith('arc-'))
    .map(({ raw }) => raw)
    .join('')
  try {
    const { results } = await dkimVerify(Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), message.body]), {
      resolver: (name) => keyRecords(name, network),
      curTime: new Date(now),
      minBitLength: rules.leastKeyBits,
      // Otherwise it would read the Return-Path field, which anybody may have written.
      sender: '<>',
    })
    return results.flatMap((result) =>
      result.signingDomain === undefined
        ? []
        : [
            {
              domain: asciiName(result.signingDomain),
              flaws: flawsOf(result, rules),
              unknown: result.status.result === 'temperror',
            },
          ],
    )
  } catch {
    // A signature that its parser cannot stand is not a good one.
    return []
  }
}

function decide(
  signatures: readonly Signature[],
  wanted: string,
  rules: DkimVerificationBehaviour,
  incomplete: boolean,
): DkimVerdict {
  const isAligned = ({ domain }: Signature) => aligns(domain, asciiName(wanted), rules.alignment)
  const isGood = ({ flaws, unknown }: Signature) =>
    rules.verifies === 'presence' || (!unknown && flaws.every((flaw) => rules.overlooks.includes(flaw)))
  const counted = rules.signatures === 'first' ? signatures.slice(0, 1) : signatures
  const spoiled = rules.signatures === 'every' && (incomplete || !signatures.every(isGood))
  if (!spoiled && counted.some((one) => isGood(one) && isAligned(one))) return 'good'
  const own = counted.filter(isAligned)
  if (own.some((one) => one.unknown && one.flaws.every((flaw) => rules.overlooks.includes(flaw)))) return 'trouble'
  if (own.length === 0 && counted.length > 0) return 'unaligned'
  return own.some((one) => one.flaws.includes('key')) ? 'noKey' : 'broken'
}

function flawsOf({ status, algo, signingHeaders, rr }: DkimResult, rules: DkimVerificationBehaviour): SignatureFlaw[] {
  const flaws: SignatureFlaw[] = []
  if (status.result === 'policy') flaws.push('key')
  else if (status.result !== 'pass' && status.result !== 'temperror') flaws.push(flawOfComment(status.comment ?? ''))
  if (rr !== undefined && !isForMail(rr)) flaws.push('key')
  if (!rules.algorithms.includes((algo ?? '').toLowerCase())) flaws.push('algorithm')
  const signed = (signingHeaders?.keys ?? '').toLowerCase().split(':')
  if (!signed.some((name) => name.trim() === 'from')) flaws.push('from-unsigned')
  return flaws
}

/** The library tells by its comment alone why a signature is not good. */
function flawOfComment(comment: string): SignatureFlaw {
  if (comment.includes('body hash')) return 'body'
  if (comment.includes('expir')) return 'expired'
  return comment.includes('key') ? 'key' : 'signature'
}

/** `s=` of the key record (RFC 6376 3.6.1): other services may have keys, too. */
function isForMail(record: string): boolean {
  const services = /(?:^|;)s=([^;]*)/i.exec(record)?.[1]
  return services === undefined || services.split(':').some((one) => one === '*' || one.toLowerCase() === 'email')
}

/** A signature of a part of the body lets anybody add to it (RFC 6376 8.2). */
function hasLengthTag({ value }: HeaderField): boolean {
  return /(?:^|;)\s*l\s*=/i.test(value)
}

function aligns(signer: string, author: string, mode: DkimVerificationBehaviour['alignment']): boolean {
  switch (mode) {
    case 'exact':
      return signer === author
    case 'parent':
      return signer === author || author.endsWith(`.${signer}`)
    case 'subdomain':
      return signer === author || signer.endsWith(`.${author}`)
    case 'none':
      return true
  }
}

function asciiName(name: string): string {
  const lower = name.toLowerCase().replace(/\.$/, '')
  return /^[\x20-\x7e]*$/.test(lower) ? lower : domainToASCII(lower)
}

/** TXT records in the shape of node:dns; its error codes tell a missing record from trouble. */
async function keyRecords(name: string, network: Pick<Network, 'look'>): Promise<readonly (readonly string[])[]> {
  const { status, records } = await network.look(name, 'TXT')
  if (status === 'found') return records.map(({ text }) => [text])
  const code = { 'no-data': 'ENODATA', 'no-name': 'ENOTFOUND', trouble: 'ESERVFAIL' }[status]
  throw Object.assign(new Error(`${name}: ${status}`), { code })
}
