// The arguments of a command as a tree: atoms, quoted strings, literals, lists and the sections of FETCH (RFC 3501 9).

/** Strings are byte strings: one character an octet (latin1). */
export type Token =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'literal'; readonly bytes: Buffer }
  | { readonly kind: 'list'; readonly items: readonly Token[] }
  /** `BODY.PEEK[HEADER.FIELDS (FROM)]<0.100>`: name, what is in the brackets, what follows them. */
  | { readonly kind: 'section'; readonly name: string; readonly items: readonly Token[]; readonly rest: string }

/** A command line cut at its literals. */
export type Piece = string | Buffer

export class SyntaxTrouble extends Error {}

const depthLimit = 24
const sectionNames = new Set(['BODY', 'BODY.PEEK'])
const atomEnd = /[ ()"]/
const sectionAtomEnd = /[ ()"\]]/

export interface TokenOptions {
  /** False: a backslash in a quoted string is an ordinary character. */
  readonly escapes?: boolean
}

/** Throws SyntaxTrouble when brackets or quotes do not close. */
export function tokenize(pieces: readonly Piece[], options: TokenOptions = {}): readonly Token[] {
  const source = new TokenSource(pieces, options.escapes ?? true)
  return source.items('', 0)
}

class TokenSource {
  readonly #pieces: readonly Piece[]
  readonly #escapes: boolean
  #piece = 0
  #at = 0

  constructor(pieces: readonly Piece[], escapes: boolean) {
    this.#pieces = pieces
    this.#escapes = escapes
  }

  items(close: string, depth: number): readonly Token[] {
    if (depth > depthLimit) throw new SyntaxTrouble('Too deep')
    const items: Token[] = []
    for (;;) {
      const piece = this.#pieces[this.#piece]
      if (piece === undefined) {
        if (close !== '') throw new SyntaxTrouble(`Missing ${close}`)
        return items
      }
      if (typeof piece !== 'string') {
        items.push({ kind: 'literal', bytes: piece })
        this.#piece++
        continue
      }
      const char = piece[this.#at]
      if (char === undefined) {
        this.#piece++
        this.#at = 0
      } else if (char === ' ') {
        this.#at++
      } else if (char === close) {
        this.#at++
        return items
      } else if (char === '(') {
        this.#at++
        items.push({ kind: 'list', items: this.items(')', depth + 1) })
      } else if (char === '"') {
        items.push({ kind: 'quoted', text: this.#quoted(piece) })
      } else if (char === ')') {
        throw new SyntaxTrouble(`Unexpected ${char}`)
      } else {
        items.push(this.#atom(piece, depth, close === ']' ? sectionAtomEnd : atomEnd))
      }
    }
  }

  #quoted(piece: string): string {
    let text = ''
    for (let i = this.#at + 1; i < piece.length; i++) {
      const char = piece[i] as string
      if (char === '"') {
        this.#at = i + 1
        return text
      }
      if (char === '\\') {
        if (!this.#escapes) text += char
        i++
        text += piece[i] ?? ''
      } else {
        text += char
      }
    }
    throw new SyntaxTrouble('Missing quote')
  }

  #atom(piece: string, depth: number, stop: RegExp): Token {
    const start = this.#at
    let end = start
    while (end < piece.length && !stop.test(piece[end] as string)) {
      if (piece[end] === '[' && sectionNames.has(piece.slice(start, end).toUpperCase())) {
        const name = piece.slice(start, end).toUpperCase()
        this.#at = end + 1
        const items = this.items(']', depth + 1)
        return { kind: 'section', name, items, rest: this.#rest() }
      }
      end++
    }
    this.#at = end
    return { kind: 'atom', text: piece.slice(start, end) }
  }

  #rest(): string {
    const piece = this.#pieces[this.#piece]
    if (typeof piece !== 'string') return ''
    const start = this.#at
    while (this.#at < piece.length && !atomEnd.test(piece[this.#at] as string)) this.#at++
    return piece.slice(start, this.#at)
  }
}

/** The byte string of an astring or nstring; undefined for lists. */
export function stringOf(token: Token | undefined): string | undefined {
  if (token === undefined || token.kind === 'list' || token.kind === 'section') return undefined
  return token.kind === 'literal' ? token.bytes.toString('latin1') : token.text
}

/** An atom in upper case: keywords and flags; undefined for anything else. */
export function keywordOf(token: Token | undefined): string | undefined {
  return token?.kind === 'atom' ? token.text.toUpperCase() : undefined
}

export function listOf(token: Token | undefined): readonly Token[] | undefined {
  return token?.kind === 'list' ? token.items : undefined
}

/** What a byte string says in UTF-8: user names and passwords. */
export function utf8Of(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
