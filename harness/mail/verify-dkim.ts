// Verifies the DKIM signatures of a message (RFC 6376) as any receiver would: mailauth does the cryptography, so that no code
// which signs judges its own work. Used by the checks of outgoing mail. The library is loaded with the first message.
import { headerValues } from './parse.ts'

export interface SeenSignature {
  /** d=, lower case. */
  readonly domain: string
  readonly selector: string
  /** `rsa-sha256` */
  readonly algorithm: string
  /** It fits the message and the published key, and signs From. */
  readonly good: boolean
  /** Why not; empty when good. */
  readonly flaw: string
  /** Of the published RSA key. */
  readonly bits: number | undefined
  /** h=, lower case, in order. */
  readonly headers: readonly string[]
  /** l= is there: what follows behind so many octets is not signed. */
  readonly limited: boolean
  /** x= less t=, in seconds; undefined without both. */
  readonly lifetime: number | undefined
}

/** No honest message has more. */
const mostSignatures = 10
/** The library takes time that grows with the square of a field's length. */
const mostFieldChars = 8_192
/** Nor does its reader of addresses stand long ones: groups within groups take time with the square, and the stack. */
const mostFromChars = 1_000

/** `txt` gives the TXT records of a name, none for one that does not exist; `now` in milliseconds since 1970. */
export async function verifyDkim(
  message: Uint8Array,
  { txt, now }: { readonly txt: (name: string) => Promise<readonly string[]>; readonly now: number },
): Promise<readonly SeenSignature[]> {
  const fields = headerValues(message, 'DKIM-Signature')
  if (fields.length === 0) return []
  if (fields.length > mostSignatures || fields.some((field) => field.length > mostFieldChars)) return []
  if (headerValues(message, 'From').join().length > mostFromChars) return []
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js')
  const { results } = await dkimVerify(Buffer.from(message), {
    resolver: async (name) => {
      const records = await txt(name)
      if (records.length === 0) throw Object.assign(new Error(`${name} does not exist`), { code: 'ENOTFOUND' })
      return records.map((record) => [record])
    },
    curTime: new Date(now),
    // Otherwise it would read the Return-Path field.
    sender: '<>',
  })
  const tags = fields.map(tagsOf)
  return results.flatMap(({ signingDomain, selector = '', algo = '', modulusLength, status }) => {
    const own = tags.find((each) => each.get('d')?.toLowerCase() === signingDomain && each.get('s') === selector)
    if (signingDomain === undefined || own === undefined) return []
    const headers = (own.get('h') ?? '').toLowerCase().split(':')
    const signsFrom = headers.includes('from')
    const good = status.result === 'pass' && signsFrom
    const [signed, expires] = [Number(own.get('t')), Number(own.get('x'))]
    return {
      domain: signingDomain.toLowerCase(),
      selector,
      algorithm: algo.toLowerCase(),
      good,
      flaw: good ? '' : signsFrom ? `${status.result} ${status.comment ?? ''}`.trim() : 'From is not signed',
      bits: modulusLength,
      headers,
      limited: own.has('l'),
      lifetime: Number.isFinite(expires - signed) ? expires - signed : undefined,
    }
  })
}

/** Tags of a signature field, white space taken out. */
function tagsOf(value: string): ReadonlyMap<string, string> {
  return new Map(
    value
      .replace(/\s+/g, '')
      .split(';')
      .filter((tag) => tag.includes('='))
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  )
}
