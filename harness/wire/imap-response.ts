// IMAP responses (RFC 3501 section 7) out of received octets, in any chunking. Used by the IMAP client and the load scripts.
import { type ImapValue, ImapValueScanner, literalOctets } from './imap-value.ts'
import { excerpt, Malformed } from './malformed.ts'
import { concat, type Decode, latin1, utf8 } from './octets.ts'

export interface ImapResponse {
  readonly kind: 'continuation' | 'tagged' | 'untagged'
  /** `+`, `*`, or the tag of a command. */
  readonly tag: string
  /** Upper case: `OK`, `NO`, `BAD`, `BYE`, `PREAUTH`, `CAPABILITY`, `FETCH`, `EXISTS` ...; empty for a continuation. */
  readonly type: string
  /** The number in front of the type: `* 12 EXISTS`. */
  readonly number: number | undefined
  /** Response code of a status, upper case, and what follows it: `UIDNEXT` and `4392`. */
  readonly code: string | undefined
  readonly codeArguments: string | undefined
  /** For people, after the code of a status or a `+`; for data, the rest of the first line. */
  readonly text: string
  /** The data; empty for a status and a continuation. */
  readonly values: readonly ImapValue[]
  /** The whole response without CRLF and without the octets of its literals. */
  readonly line: string
  /** When it was complete, on the clock of whoever pushes the chunks. */
  readonly at: number
}

export interface ImapLimits {
  /** Octets of one line. A SEARCH of a large mailbox is one line. */
  readonly line: number
  /** Octets of one literal. */
  readonly literal: number
  /** Octets of one response, literals and all. */
  readonly response: number
}

const generousImapLimits: ImapLimits = { line: 1 << 20, literal: 48 << 20, response: 64 << 20 }

/** Sees what arrives, for a transcript. */
export interface ImapWatcher {
  line(text: string): void
  literal(octets: Uint8Array): void
}

export interface ImapReaderOptions {
  readonly limits?: ImapLimits | undefined
  readonly decode?: Decode
  readonly watcher?: ImapWatcher | undefined
}

const nothing = new Uint8Array(0)

/** Feed it chunks, take whole responses. Throws Malformed; after that the stream cannot be read on. Literals are views into the chunks. */
export class ImapResponseReader {
  readonly #limits: ImapLimits
  readonly #decode: Decode
  readonly #watcher: ImapWatcher | undefined
  #chunk: Uint8Array = nothing
  #pos = 0
  #arrived = 0
  /** Pieces of a line or literal that began in an earlier chunk. */
  #held: Uint8Array[] = []
  #heldOctets = 0
  /** The response so far, cut at its literals. */
  #parts: (string | Uint8Array)[] = []
  #responseOctets = 0
  /** Octets of the literal being read, or -1 within a line. */
  #literal = -1

  constructor(options: ImapReaderOptions = {}) {
    this.#limits = options.limits ?? generousImapLimits
    this.#decode = options.decode ?? latin1
    this.#watcher = options.watcher
  }

  /** True when nothing is half read or waiting. */
  get empty(): boolean {
    return this.#pos === this.#chunk.length && this.#heldOctets === 0 && this.#parts.length === 0
  }

  /** What has arrived and is not yet a response, when the stream changes its nature; the reader is of no use after it. */
  rest(): Uint8Array {
    return concat([...this.#held, this.#chunk.subarray(this.#pos)])
  }

  /** `at`: the time, for responses that end in this chunk. */
  push(chunk: Uint8Array, at = 0): void {
    if (this.#pos < this.#chunk.length) {
      this.#chunk = concat([this.#chunk.subarray(this.#pos), chunk])
    } else {
      this.#chunk = chunk
    }
    this.#pos = 0
    this.#arrived = at
  }

  next(): ImapResponse | undefined {
    while (this.#pos < this.#chunk.length || this.#literal === 0) {
      const response = this.#literal >= 0 ? this.#readLiteral() : this.#readLine()
      if (response !== undefined) return response
    }
    // A session that idles for hours must not hold what it read last.
    this.#chunk = nothing
    this.#pos = 0
    return undefined
  }

  #readLiteral(): undefined {
    const missing = this.#literal - this.#heldOctets
    const piece = this.#chunk.subarray(this.#pos, this.#pos + missing)
    this.#pos += piece.length
    if (piece.length < missing) {
      this.#hold(piece)
      return
    }
    const literal = this.#release(piece)
    this.#literal = -1
    this.#parts.push(literal)
    this.#watcher?.literal(literal)
  }

  #readLine(): ImapResponse | undefined {
    const chunk = this.#chunk
    const end = chunk.indexOf(0x0a, this.#pos)
    const stop = end === -1 ? chunk.length : end
    if (this.#heldOctets + stop - this.#pos > this.#limits.line) {
      throw new Malformed('too-long', `a line of more than ${this.#limits.line} octets`)
    }
    if (end === -1) {
      this.#hold(chunk.subarray(this.#pos))
      this.#pos = chunk.length
      return undefined
    }
    let line: string
    if (this.#heldOctets === 0) {
      line = this.#decode(chunk, this.#pos, end > this.#pos && chunk[end - 1] === 0x0d ? end - 1 : end)
    } else {
      const whole = this.#release(chunk.subarray(this.#pos, end))
      line = this.#decode(whole, 0, whole[whole.length - 1] === 0x0d ? whole.length - 1 : whole.length)
    }
    this.#pos = end + 1
    this.#watcher?.line(line)
    return this.#lineRead(line)
  }

  #lineRead(line: string): ImapResponse | undefined {
    const parts = this.#parts
    parts.push(line)
    this.#responseOctets += line.length
    const marked = literalOctets(line, 0)
    const octets = marked >= 0 && isText(parts[0] as string) ? -1 : marked
    if (octets > this.#limits.literal || this.#responseOctets + octets > this.#limits.response) {
      throw new Malformed('too-long', `a response with a literal of ${octets} octets`)
    }
    if (octets >= 0) {
      this.#literal = octets
      this.#responseOctets += octets
      return undefined
    }
    this.#parts = []
    this.#responseOctets = 0
    return interpret(parts, this.#arrived)
  }

  #hold(piece: Uint8Array): void {
    if (piece.length === 0) return
    this.#held.push(piece)
    this.#heldOctets += piece.length
    // A peer that sends an octet a time must not make us hold an object for each.
    if (this.#held.length >= 256) this.#held = [concat(this.#held)]
  }

  #release(last: Uint8Array): Uint8Array {
    if (this.#heldOctets === 0) return last
    this.#held.push(last)
    const whole = concat(this.#held)
    this.#held = []
    this.#heldOctets = 0
    return whole
  }
}

const statusTypes: ReadonlySet<string> = new Set(['OK', 'NO', 'BAD', 'BYE', 'PREAUTH'])

/** Lines that end in text for people, where `{5}` is no literal: statuses and continuations. */
function isText(line: string): boolean {
  if (line.charCodeAt(0) !== 0x2a || line.charCodeAt(1) !== 0x20) return true
  const end = line.indexOf(' ', 2)
  const length = (end === -1 ? line.length : end) - 2
  return length <= 7 && statusTypes.has(line.slice(2, 2 + length).toUpperCase())
}

function interpret(parts: readonly (string | Uint8Array)[], at: number): ImapResponse {
  const line = parts[0] as string
  const first = line.indexOf(' ')
  const tag = first === -1 ? line : line.slice(0, first)
  if (tag === '+') return status('continuation', '+', '', line, first === -1 ? line.length : first + 1, at)
  if (tag === '' || first === -1) throw new Malformed('malformed', `not an IMAP response: ${excerpt(line)}`)
  let from = first + 1
  let number: number | undefined
  let [word, next] = wordAt(line, from)
  if (tag === '*' && word !== '' && isNumber(word)) {
    number = Number(word)
    from = next
    ;[word, next] = wordAt(line, from)
  }
  const type = word.toUpperCase()
  if (statusTypes.has(type)) return status(tag === '*' ? 'untagged' : 'tagged', tag, type, line, next, at)
  if (tag !== '*' || !(parsedTypes.has(type) || /^[A-Z][\x21-\x7e]*$/.test(type))) {
    throw new Malformed('malformed', `not an IMAP response: ${excerpt(line)}`)
  }
  const whole = parts.length === 1 ? line : parts.filter((part) => typeof part === 'string').join('')
  return {
    kind: 'untagged',
    tag,
    type,
    number,
    code: undefined,
    codeArguments: undefined,
    text: line.slice(next),
    values: valuesOf(type, parts, next),
    line: whole,
    at,
  }
}

/** Types whose data somebody relies on; a response of any other type may look as it likes. */
const parsedTypes: ReadonlySet<string> = new Set(
  'FETCH CAPABILITY FLAGS LIST LSUB STATUS SEARCH METADATA QUOTA QUOTAROOT NAMESPACE ID ENABLED'.split(' '),
)

function valuesOf(type: string, parts: readonly (string | Uint8Array)[], from: number): readonly ImapValue[] {
  try {
    return new ImapValueScanner(parts, from).all()
  } catch (error) {
    if (parsedTypes.has(type)) throw error
    return []
  }
}

function wordAt(line: string, from: number): [word: string, next: number] {
  const end = line.indexOf(' ', from)
  return end === -1 ? [line.slice(from), line.length] : [line.slice(from, end), end + 1]
}

function isNumber(word: string): boolean {
  if (word.length > 15) return false
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i)
    if (code < 0x30 || code > 0x39) return false
  }
  return true
}

function status(
  kind: ImapResponse['kind'],
  tag: string,
  type: string,
  line: string,
  from: number,
  at: number,
): ImapResponse {
  const rest = line.slice(from)
  const match =
    type === '' || line.charCodeAt(from) !== 0x5b
      ? null
      : /^\[([^\s\]]+)(?: ((?:"(?:[^"\\]|\\.)*"|[^\]"])*))?\] ?/.exec(rest)
  return {
    kind,
    tag,
    type,
    number: undefined,
    code: match?.[1]?.toUpperCase(),
    codeArguments: match?.[2],
    text: utf8(match === null ? rest : rest.slice(match[0].length)),
    values: [],
    line,
    at,
  }
}
