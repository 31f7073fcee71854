// The data of an IMAP response (RFC 3501 section 9): atoms, quoted strings, literals, lists, NIL.
// Used by the response reader, and by whoever looks into a response nobody interpreted.
import { excerpt, Malformed } from './malformed.ts'

/** Atoms and quoted strings hold one char an octet; literals are octets; NIL is null. */
export type ImapValue = string | Uint8Array | null | readonly ImapValue[]

const maxDepth = 64

const space = 0x20
const quote = 0x22
const open = 0x28
const close = 0x29
const backslash = 0x5c
const openBrace = 0x7b
const openBracket = 0x5b
const closeBracket = 0x5d
const tilde = 0x7e

/** Reads values out of a response cut at its literals: text, literal, text, literal, text. Throws Malformed. */
export class ImapValueScanner {
  readonly #parts: readonly (string | Uint8Array)[]
  #part = 0
  #text: string
  #at: number

  constructor(parts: readonly (string | Uint8Array)[], at = 0) {
    this.#parts = parts
    this.#text = parts[0] as string
    this.#at = at
  }

  /** All values up to the end. */
  all(): ImapValue[] {
    const values: ImapValue[] = []
    while (this.#more()) values.push(this.#value(0))
    return values
  }

  #more(): boolean {
    while (this.#text.charCodeAt(this.#at) === space) this.#at++
    return this.#at < this.#text.length
  }

  #value(depth: number): ImapValue {
    switch (this.#text.charCodeAt(this.#at)) {
      case open:
        return this.#list(depth + 1)
      case quote:
        return this.#quoted()
      case openBrace:
        return this.#literal()
      case tilde:
        if (this.#text.charCodeAt(this.#at + 1) === openBrace) return this.#literal()
        return this.#atom()
      default:
        return this.#atom()
    }
  }

  #list(depth: number): ImapValue[] {
    if (depth > maxDepth) throw new Malformed('malformed', `lists nested more than ${maxDepth} deep`)
    const values: ImapValue[] = []
    this.#at++
    for (;;) {
      if (!this.#more()) throw new Malformed('malformed', `a list that does not end: ${excerpt(this.#text)}`)
      if (this.#text.charCodeAt(this.#at) === close) break
      values.push(this.#value(depth))
    }
    this.#at++
    return values
  }

  #quoted(): string {
    const text = this.#text
    const start = this.#at + 1
    const end = endOfQuoted(text, start)
    if (end === -1) throw new Malformed('malformed', `a quoted string that does not end: ${excerpt(text)}`)
    this.#at = end + 1
    const inner = text.slice(start, end)
    return inner.includes('\\') ? inner.replace(/\\(.)/gs, '$1') : inner
  }

  /** The reader has cut the response here: the marker ends this text, and the octets are the next part. */
  #literal(): Uint8Array {
    const literal = this.#parts[this.#part + 1]
    const rest = this.#parts[this.#part + 2]
    const marked = literalOctets(this.#text, this.#at)
    if (marked === -1 || !(literal instanceof Uint8Array) || literal.length !== marked || typeof rest !== 'string') {
      throw new Malformed('malformed', `a literal in an odd place: ${excerpt(this.#text.slice(this.#at))}`)
    }
    this.#part += 2
    this.#text = rest
    this.#at = 0
    return literal
  }

  #atom(): string | null {
    const text = this.#text
    const start = this.#at
    let at = start
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === space || code === open || code === close || code === quote) break
      // BODY[HEADER.FIELDS (FROM "X")]: a section holds spaces, lists and quotes.
      if (code === openBracket) at = endOfSection(text, at)
    }
    if (at === start) throw new Malformed('malformed', `neither atom nor string: ${excerpt(text.slice(start))}`)
    this.#at = at
    if (at - start === 3) {
      const atom = text.slice(start, at)
      return atom === 'NIL' || atom.toUpperCase() === 'NIL' ? null : atom
    }
    return text.slice(start, at)
  }
}

/** Index of the closing quote of a quoted string whose first char is at `start`, or -1. */
function endOfQuoted(text: string, start: number): number {
  let end = text.indexOf('"', start)
  while (end !== -1 && text.charCodeAt(end - 1) === backslash) {
    let slashes = 1
    while (end - 1 - slashes >= start && text.charCodeAt(end - 1 - slashes) === backslash) slashes++
    if (end - slashes < start || slashes % 2 === 0) break
    end = text.indexOf('"', end + 1)
  }
  return end
}

function endOfSection(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === closeBracket) return at
    if (code === quote) {
      at = endOfQuoted(text, at + 1)
      if (at === -1) break
    }
  }
  throw new Malformed('malformed', `a section that does not end: ${excerpt(text.slice(from))}`)
}

/** Octets announced by a literal marker (`{5}`, `{5+}`, `~{5}`) that runs from `from` to the end of the text, or -1. */
export function literalOctets(text: string, from: number): number {
  let at = text.length - 2
  if (at < 0 || text.charCodeAt(at + 1) !== 0x7d) return -1
  if (text.charCodeAt(at) === 0x2b) at--
  let value = 0
  let factor = 1
  let digits = 0
  for (; at >= from && digits < 25; at--, digits++) {
    const digit = text.charCodeAt(at) - 0x30
    if (!(digit >= 0 && digit <= 9)) break
    value += digit * factor
    factor *= 10
  }
  if (digits === 0 || at < from || text.charCodeAt(at) !== openBrace) return -1
  return value
}
