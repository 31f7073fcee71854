// SMTP replies (RFC 5321 4.2) out of received text, in any chunking. Used by the SMTP client and the load scripts.
import { excerpt, Malformed } from './malformed.ts'
import { utf8 } from './octets.ts'

export interface SmtpReply {
  readonly code: number
  /** The enhanced status code (RFC 2034) of the first line, when there is one: `5.7.1`. */
  readonly enhanced?: string
  /** What follows the code, a string a line. The enhanced code is left in. */
  readonly lines: readonly string[]
  /** The lines joined by LF. */
  readonly text: string
}

export interface SmtpReplyLimits {
  /** Chars of one line; RFC 5321 4.5.3.1.5 asks for 512, servers send more. */
  readonly line: number
  readonly lines: number
}

const generous: SmtpReplyLimits = { line: 8192, lines: 512 }

/** Feed it text of one char an octet, take whole replies. Throws Malformed; after that the stream cannot be read on. */
export class SmtpReplyReader {
  #pending = ''
  #code = 0
  #lines: string[] = []
  readonly #limits: SmtpReplyLimits
  readonly #line: ((line: string) => void) | undefined

  /** `onLine` sees every raw line, for a transcript. */
  constructor(options: { limits?: SmtpReplyLimits; onLine?: ((line: string) => void) | undefined } = {}) {
    this.#limits = options.limits ?? generous
    this.#line = options.onLine
  }

  /** True when nothing is half read. */
  get empty(): boolean {
    return this.#pending === '' && this.#lines.length === 0
  }

  push(text: string): void {
    this.#pending = this.#pending === '' ? text : this.#pending + text
  }

  /** The next whole reply, or undefined. */
  next(): SmtpReply | undefined {
    const { line: maxLine, lines: maxLines } = this.#limits
    let at = 0
    let reply: SmtpReply | undefined
    while (reply === undefined) {
      const end = this.#pending.indexOf('\n', at)
      if ((end === -1 ? this.#pending.length : end) - at > maxLine) {
        throw new Malformed('too-long', `a reply line of more than ${maxLine} octets`)
      }
      if (end === -1) break
      const line = this.#pending.slice(at, this.#pending.charCodeAt(end - 1) === 0x0d && end > at ? end - 1 : end)
      at = end + 1
      this.#line?.(line)
      if (this.#lines.length >= maxLines) throw new Malformed('too-long', `a reply of more than ${maxLines} lines`)
      reply = this.#take(line)
    }
    if (at > 0) this.#pending = this.#pending.slice(at)
    return reply
  }

  #take(line: string): SmtpReply | undefined {
    const code = replyCode(line)
    const separator = line.length > 3 ? line.charCodeAt(3) : 0x20
    if (code === 0 || (separator !== 0x20 && separator !== 0x2d)) {
      throw new Malformed('malformed', `not an SMTP reply: ${excerpt(line)}`)
    }
    if (this.#lines.length > 0 && code !== this.#code) {
      throw new Malformed('malformed', `the code changes within a reply, from ${this.#code} to ${code}`)
    }
    this.#code = code
    this.#lines.push(utf8(line.slice(4)))
    if (separator === 0x2d) return undefined
    const lines = this.#lines
    this.#lines = []
    return replyOf(code, lines)
  }
}

function replyOf(code: number, lines: readonly string[]): SmtpReply {
  const text = lines.length === 1 ? (lines[0] ?? '') : lines.join('\n')
  const enhanced = enhancedCode(text)
  return enhanced === undefined ? { code, lines, text } : { code, enhanced, lines, text }
}

/** 200 to 599, or 0 for anything else. */
function replyCode(line: string): number {
  const a = line.charCodeAt(0) - 0x30
  const b = line.charCodeAt(1) - 0x30
  const c = line.charCodeAt(2) - 0x30
  // Comparisons with NaN (a short line) are false.
  return a >= 2 && a <= 5 && b >= 0 && b <= 9 && c >= 0 && c <= 9 ? a * 100 + b * 10 + c : 0
}

function enhancedCode(text: string): string | undefined {
  if (text.charCodeAt(1) !== 0x2e) return undefined
  return /^[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0]
}

/** The keywords of an EHLO reply, upper case, with their parameters; the first line is the server's name. */
export function ehloExtensions(reply: SmtpReply): ReadonlyMap<string, string> {
  const extensions = new Map<string, string>()
  for (const line of reply.lines.slice(1)) {
    // `AUTH=PLAIN` is an old spelling that some servers send beside the right one.
    const space = line.indexOf(' ')
    const keyword = (space === -1 ? line : line.slice(0, space)).toUpperCase()
    if (keyword !== '') extensions.set(keyword, space === -1 ? '' : line.slice(space + 1).trim())
  }
  return extensions
}
